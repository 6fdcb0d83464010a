-- Lessons that a class had on a theme, as its teacher or coordinator noted them; the note is empty
-- where nothing was noted. The theme is an id beside a survey definition.
create table lessons_held (
    id text primary key,
    class_id text not null references classes (id),
    theme text not null,
    held_on text not null,
    note text not null
);
create index lessons_held_by_class on lessons_held (class_id);

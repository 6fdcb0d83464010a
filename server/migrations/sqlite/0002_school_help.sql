-- What a school says to its pupils about its own psychologist; empty where it says nothing.
create table school_help (
    school_id text primary key references schools (id),
    psychologist text not null,
    room text not null,
    times text not null
);

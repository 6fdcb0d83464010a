-- When a running job last gave a sign of life, in seconds since 1970; 0 of jobs that give none.
alter table jobs add column seen bigint not null default 0;

-- A change of what was frozen when a wave opened: one person asks, another decides. A class that is
-- not in the wave yet is added. Who asked and who decided are ids of accounts.
create table enrolment_changes (
    id text primary key,
    wave_id text not null references waves (id),
    class_id text not null references classes (id),
    enrolment bigint not null,
    state text not null,
    asked_by text not null,
    decided_by text not null
);
create index enrolment_changes_by_class on enrolment_changes (class_id);

-- How many pupils of a class do not take part because their parents refused; never who.
create table refusals (
    wave_id text not null references waves (id),
    class_id text not null references classes (id),
    number bigint not null,
    primary key (wave_id, class_id)
);

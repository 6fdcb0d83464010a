-- A forgotten wave leaves nothing but its release and a line here. What pupils send is keyed by
-- its wave first, so that a wave's rows lie side by side.

create table erasures (
    wave_id text primary key references waves (id),
    day text not null,
    envelopes bigint not null,
    spent_values bigint not null,
    slips bigint not null,
    finished bigint not null
);

-- No table may refer to wave_classes while it is made anew.
create table slips_before as select * from slips;
drop table slips;

create table new_wave_classes (
    wave_id text not null references waves (id),
    class_id text not null references classes (id),
    class_part text unique,
    grade text not null,
    language text not null,
    enrolment bigint not null,
    open_until bigint not null,
    primary key (wave_id, class_id)
);
insert into new_wave_classes
    select wave_id, class_id, class_part, grade, language, enrolment, open_until from wave_classes;
drop table wave_classes;
alter table new_wave_classes rename to wave_classes;

create table slips (
    hash text not null,
    wave_id text not null,
    class_id text not null,
    state text not null,
    blinded_hash text not null,
    primary key (wave_id, hash),
    foreign key (wave_id, class_id) references wave_classes (wave_id, class_id)
) without rowid;
insert into slips select hash, wave_id, class_id, state, blinded_hash from slips_before;
drop table slips_before;
create index slips_of_class on slips (wave_id, class_id, state);

drop index envelopes_of_class;
alter table envelopes rename to envelopes_before;
create table envelopes (
    id text not null,
    wave_id text not null references waves (id),
    class_id text not null,
    envelope text not null,
    primary key (wave_id, id)
) without rowid;
insert into envelopes select id, wave_id, class_id, envelope from envelopes_before;
drop table envelopes_before;
create index envelopes_of_class on envelopes (wave_id, class_id);

-- A forgotten wave leaves nothing but its release and a line here. What pupils send lies in
-- partitions of its wave, which are dropped: deleted rows would stay in the files until a vacuum,
-- and their bytes after it.

create table erasures (
    wave_id text primary key references waves (id),
    day text not null,
    envelopes bigint not null,
    spent_values bigint not null,
    slips bigint not null,
    finished bigint not null
);

alter table wave_classes alter column class_part drop not null;

alter table spent_values rename to spent_values_before;
alter index spent_values_pkey rename to spent_values_before_pkey;
alter table envelopes rename to envelopes_before;
alter index envelopes_pkey rename to envelopes_before_pkey;
drop index envelopes_of_class;
alter table slips rename to slips_before;
alter index slips_pkey rename to slips_before_pkey;
drop index slips_of_class;

-- No foreign keys: a row of a wave without a partition is refused anyhow, and a foreign key would
-- make whoever opens or forgets a wave wait for everybody who reads waves.
create table spent_values (
    wave_id text not null,
    spent text not null,
    primary key (wave_id, spent)
) partition by list (wave_id);

create table envelopes (
    id text not null,
    wave_id text not null,
    class_id text not null,
    envelope text not null,
    primary key (wave_id, id)
) partition by list (wave_id);

create index envelopes_of_class on envelopes (wave_id, class_id);

create table slips (
    hash text not null,
    wave_id text not null,
    class_id text not null,
    state text not null,
    blinded_hash text not null,
    primary key (wave_id, hash)
) partition by list (wave_id);

create index slips_of_class on slips (wave_id, class_id, state);

-- Statistics 0: otherwise `analyze` copies values into pg_statistic, where dropping a table
-- leaves their bytes.
do $$
declare
    wave text;
    part text;
begin
    for wave in select id from waves where state <> 'draft' loop
        part := replace(wave, '-', '');
        execute format('create table %I partition of spent_values for values in (%L)',
            'spent_values_' || part, wave);
        execute format('alter table %I alter column spent set statistics 0',
            'spent_values_' || part);
        execute format('create table %I partition of envelopes for values in (%L)',
            'envelopes_' || part, wave);
        execute format('alter table %I alter column id set statistics 0,
            alter column envelope set statistics 0', 'envelopes_' || part);
        execute format('create table %I partition of slips for values in (%L)',
            'slips_' || part, wave);
        execute format('alter table %I alter column hash set statistics 0,
            alter column blinded_hash set statistics 0', 'slips_' || part);
    end loop;
end
$$;
alter table spent_values alter column spent set statistics 0;
alter table envelopes alter column id set statistics 0, alter column envelope set statistics 0;
alter table slips alter column hash set statistics 0, alter column blinded_hash set statistics 0;

insert into spent_values select wave_id, spent from spent_values_before;
drop table spent_values_before;
insert into envelopes select id, wave_id, class_id, envelope from envelopes_before;
drop table envelopes_before;
insert into slips select hash, wave_id, class_id, state, blinded_hash from slips_before;
drop table slips_before;

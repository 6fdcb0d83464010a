-- Columns are text, bigint and double precision only: what both databases share.
-- Tables that hold what pupils send have no row number, so that nothing keeps their order.

create table regions (
    id text primary key,
    code text not null unique,
    name text not null
);

create table districts (
    id text primary key,
    region_id text not null references regions (id),
    code text not null unique,
    name text not null
);

create table schools (
    id text primary key,
    district_id text not null references districts (id),
    code text not null unique,
    name text not null
);

create table classes (
    id text primary key,
    school_id text not null references schools (id),
    code text not null unique,
    label text not null,
    grade text not null,
    language text not null,
    enrolment bigint not null
);

create table waves (
    id text primary key,
    name text not null,
    state text not null,
    scope_level text not null,
    scope_id text not null,
    first_day text not null,
    last_day text not null,
    packed_length bigint not null,
    token_public_key text not null,
    release_public_key text not null
);

create table wave_definitions (
    wave_id text not null references waves (id),
    grade text not null,
    definition text not null,
    version bigint not null,
    sha256 text not null,
    primary key (wave_id, grade)
);

create table wave_classes (
    wave_id text not null references waves (id),
    class_id text not null references classes (id),
    class_part text not null unique,
    grade text not null,
    language text not null,
    enrolment bigint not null,
    open_until bigint not null,
    primary key (wave_id, class_id)
);

create table slips (
    hash text primary key,
    wave_id text not null,
    class_id text not null,
    state text not null,
    blinded_hash text not null,
    foreign key (wave_id, class_id) references wave_classes (wave_id, class_id)
) without rowid;

create index slips_of_class on slips (wave_id, class_id, state);

create table spent_values (
    wave_id text not null references waves (id),
    spent text not null,
    primary key (wave_id, spent)
) without rowid;

create table envelopes (
    id text primary key,
    wave_id text not null references waves (id),
    class_id text not null,
    envelope text not null
) without rowid;

create index envelopes_of_class on envelopes (wave_id, class_id);

create table releases (
    wave_id text not null references waves (id),
    definition text not null,
    version bigint not null,
    header text not null,
    primary key (wave_id, definition, version)
);

create table release_groups (
    wave_id text not null references waves (id),
    definition text not null,
    version bigint not null,
    level text not null,
    code text not null,
    line text not null,
    primary key (wave_id, definition, version, level, code)
);

create table accounts (
    id text primary key,
    name text not null unique,
    password_hash text not null,
    demonstration bigint not null
);

create table grants (
    account_id text not null references accounts (id),
    role text not null,
    level text not null,
    unit_id text not null,
    primary key (account_id, role, level, unit_id)
);

create table staff_sessions (
    id text primary key,
    data text not null,
    expires bigint not null
);

create table jobs (
    id text primary key,
    kind text not null,
    unit text not null,
    state text not null,
    done bigint not null,
    total bigint not null,
    message text not null
);

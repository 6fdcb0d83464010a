-- Sign-in by invitation, with a second factor; a record of what staff did. Nothing here is about
-- pupils.

alter table accounts add column person text not null default '';
alter table accounts add column sign_outs bigint not null default 0;
alter table accounts add column second_factor text not null default '';
alter table accounts add column second_factor_step bigint not null default 0;

create table recovery_codes (
    account_id text not null references accounts (id),
    hash text not null,
    primary key (account_id, hash)
);

create table invitations (
    id text primary key,
    token_hash text not null unique,
    person text not null,
    role text not null,
    level text not null,
    unit_id text not null,
    invited_by text not null references accounts (id),
    expires bigint not null
);

create table sign_in_tries (
    name_hash text primary key,
    tries bigint not null,
    locked_until bigint not null,
    latest bigint not null
);

create table audit_lines (
    id text primary key,
    moment bigint not null,
    account_id text not null,
    what text not null,
    level text not null,
    unit_id text not null,
    other_account text not null
);

create index audit_lines_by_moment on audit_lines (moment, id);

-- A class keeps its row over the years: it moves up, and when it is no more it is closed, so that
-- what was released of it stays. Its teacher's name is there before the teacher has an account.
alter table classes add column teacher text not null default '';
alter table classes add column state text not null default 'current';

-- A table that was checked and waits to be confirmed, for an hour at most.
create table imports (
    id text primary key,
    account_id text not null,
    expires bigint not null,
    known text not null,
    plan text not null
);

-- The day from which a released wave's sealed responses are kept, and what a release is checked
-- against; both are empty where they were not noted.
alter table waves add column released_on text not null default '';
alter table releases add column sha256 text not null default '';

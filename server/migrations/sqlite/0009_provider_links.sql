-- Which account signs in as whom at an OpenID Connect provider. The provider's name for a person may
-- be a national number: only a keyed hash of it is kept.
create table provider_links (
    account_id text primary key references accounts (id),
    issuer text not null,
    subject_hash text not null unique
);

-- Who an account is at GitLab. users.authdata alone holds only the number of a GitLab user, and two GitLab servers
-- give the same numbers to different people.
--
-- issuer      host, port if unusual, and path of the GitLab server; without scheme, so that moving to https changes nothing
-- auth_data   users.authdata at the time: a row counts only while the account still has this value and signs in with
--             GitLab, so whatever else changes the way an account signs in ends the identity too
-- tokens      encrypted; with them the server asks GitLab now and then whether the person may still sign in
-- client_id   the application that the tokens belong to
-- refused_at  when GitLab said that the person is blocked or gone, ms; 0 = he is welcome

CREATE TABLE outpost.gitlab_identities (
  gitlab_id bigint NOT NULL,
  created_at bigint NOT NULL,
  verified_at bigint NOT NULL,
  checked_at bigint NOT NULL,
  refused_at bigint NOT NULL DEFAULT 0,
  user_id varchar(26) PRIMARY KEY,
  auth_data varchar(128) NOT NULL,
  issuer text NOT NULL,
  username text NOT NULL DEFAULT '',
  client_id text NOT NULL DEFAULT '',
  tokens text NOT NULL DEFAULT '',
  UNIQUE (issuer, gitlab_id)
);

CREATE INDEX gitlab_identities_checked_at ON outpost.gitlab_identities (checked_at) WHERE tokens <> '';

-- Search index of posts and files. Filled by the server after commit (server/src/search/post-indexer.ts);
-- everything in it can be rebuilt from public.posts and public.fileinfo.
--
-- body   the text, NFC, lower-cased, white space collapsed: matches are verified here, in any locale of the database
-- tags   ' #one #two ' for exact hashtag matches
-- grams  16-bit hashes of characters, pairs and triples (server/src/search/grams.ts): candidates through the GIN index

CREATE TABLE outpost.post_search (
  create_at bigint NOT NULL,
  update_at bigint NOT NULL,
  id text COLLATE "C" PRIMARY KEY,
  channel_id text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  tags text COLLATE "C" NOT NULL DEFAULT '',
  body text COLLATE "C" NOT NULL,
  grams smallint[] NOT NULL
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);

CREATE INDEX post_search_create_at ON outpost.post_search (create_at);
CREATE INDEX post_search_channel_id_create_at ON outpost.post_search (channel_id, create_at);
CREATE INDEX post_search_user_id_create_at ON outpost.post_search (user_id, create_at);
-- A short pending list: every search reads it from end to end, and the indexer, not a request, merges it.
CREATE INDEX post_search_grams ON outpost.post_search USING gin (grams) WITH (gin_pending_list_limit = 256);

CREATE TABLE outpost.file_search (
  create_at bigint NOT NULL,
  update_at bigint NOT NULL,
  id text COLLATE "C" PRIMARY KEY,
  post_id text COLLATE "C" NOT NULL,
  channel_id text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  extension text COLLATE "C" NOT NULL DEFAULT '',
  tags text COLLATE "C" NOT NULL DEFAULT '',
  body text COLLATE "C" NOT NULL,
  grams smallint[] NOT NULL
) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.1, autovacuum_analyze_scale_factor = 0.05);

CREATE INDEX file_search_post_id ON outpost.file_search (post_id);
CREATE INDEX file_search_create_at ON outpost.file_search (create_at);
CREATE INDEX file_search_channel_id_create_at ON outpost.file_search (channel_id, create_at);
CREATE INDEX file_search_user_id_create_at ON outpost.file_search (user_id, create_at);
CREATE INDEX file_search_extension_create_at ON outpost.file_search (extension, create_at);
CREATE INDEX file_search_grams ON outpost.file_search USING gin (grams) WITH (gin_pending_list_limit = 256);

-- How far the index has followed posts.updateat; never later than a few minutes ago, so that late commits are seen.
CREATE TABLE outpost.search_cursor (
  name text PRIMARY KEY,
  update_at bigint NOT NULL
);

-- The indexer merges the pending lists itself, once a round and before any search that waited for it
-- (server/src/search/post-indexer.ts). Until then they may grow: merging many posts at once costs far less a post.
ALTER INDEX outpost.post_search_grams SET (gin_pending_list_limit = 8192);
ALTER INDEX outpost.file_search_grams SET (gin_pending_list_limit = 8192);

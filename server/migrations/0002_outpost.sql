-- Everything of our own lives here, so that Mattermost's tables stay exactly as it left them.
CREATE SCHEMA IF NOT EXISTS outpost;

-- Mattermost's schema at migration level 141 (server 10.11), for a database created from nothing.
CREATE TYPE channel_bookmark_type AS ENUM ('link', 'file');
CREATE TYPE channel_type AS ENUM ('P', 'G', 'O', 'D');
CREATE TYPE outgoingoauthconnections_granttype AS ENUM ('client_credentials', 'password');
CREATE TYPE property_field_type AS ENUM ('text', 'select', 'multiselect', 'date', 'user', 'multiuser');
CREATE TYPE team_type AS ENUM ('I', 'O');
CREATE TYPE upload_session_type AS ENUM ('attachment', 'import');

CREATE TABLE accesscontrolpolicies (
    id character varying(26) NOT NULL,
    name character varying(128) NOT NULL,
    type character varying(128) NOT NULL,
    active boolean NOT NULL,
    createat bigint NOT NULL,
    revision integer NOT NULL,
    version character varying(8) NOT NULL,
    data jsonb,
    props jsonb,
    CONSTRAINT accesscontrolpolicies_pkey PRIMARY KEY (id)
);

CREATE TABLE accesscontrolpolicyhistory (
    id character varying(26) NOT NULL,
    name character varying(128) NOT NULL,
    type character varying(128) NOT NULL,
    createat bigint NOT NULL,
    revision integer NOT NULL,
    version character varying(8) NOT NULL,
    data jsonb,
    props jsonb,
    CONSTRAINT accesscontrolpolicyhistory_pkey PRIMARY KEY (id, revision)
);

CREATE TABLE audits (
    id character varying(26) NOT NULL,
    createat bigint,
    userid character varying(26),
    action character varying(512),
    extrainfo character varying(1024),
    ipaddress character varying(64),
    sessionid character varying(26),
    CONSTRAINT audits_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_audits_user_id ON audits USING btree (userid);

CREATE TABLE bots (
    userid character varying(26) NOT NULL,
    description character varying(1024),
    ownerid character varying(190),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    lasticonupdate bigint,
    CONSTRAINT bots_pkey PRIMARY KEY (userid)
);

CREATE TABLE channelbookmarks (
    id character varying(26) NOT NULL,
    ownerid character varying(26) NOT NULL,
    channelid character varying(26) NOT NULL,
    fileinfoid character varying(26) DEFAULT NULL::character varying,
    createat bigint DEFAULT 0,
    updateat bigint DEFAULT 0,
    deleteat bigint DEFAULT 0,
    displayname text DEFAULT ''::text,
    sortorder integer DEFAULT 0,
    linkurl text,
    imageurl text,
    emoji character varying(64) DEFAULT NULL::character varying,
    type channel_bookmark_type DEFAULT 'link'::channel_bookmark_type,
    originalid character varying(26) DEFAULT NULL::character varying,
    parentid character varying(26) DEFAULT NULL::character varying,
    CONSTRAINT channelbookmarks_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_channelbookmarks_channelid ON channelbookmarks USING btree (channelid);
CREATE INDEX idx_channelbookmarks_delete_at ON channelbookmarks USING btree (deleteat);
CREATE INDEX idx_channelbookmarks_update_at ON channelbookmarks USING btree (updateat);

CREATE TABLE channelmemberhistory (
    channelid character varying(26) NOT NULL,
    userid character varying(26) NOT NULL,
    jointime bigint NOT NULL,
    leavetime bigint,
    CONSTRAINT channelmemberhistory_pkey PRIMARY KEY (channelid, userid, jointime)
);

CREATE TABLE channelmembers (
    channelid character varying(26) NOT NULL,
    userid character varying(26) NOT NULL,
    roles character varying(256),
    lastviewedat bigint,
    msgcount bigint,
    mentioncount bigint,
    notifyprops jsonb,
    lastupdateat bigint,
    schemeuser boolean,
    schemeadmin boolean,
    schemeguest boolean,
    mentioncountroot bigint,
    msgcountroot bigint,
    urgentmentioncount bigint,
    CONSTRAINT channelmembers_pkey PRIMARY KEY (channelid, userid)
);
CREATE INDEX idx_channelmembers_channel_id_scheme_guest_user_id ON channelmembers USING btree (channelid, schemeguest, userid);
CREATE INDEX idx_channelmembers_user_id_channel_id_last_viewed_at ON channelmembers USING btree (userid, channelid, lastviewedat);

CREATE TABLE channels (
    id character varying(26) NOT NULL,
    createat bigint,
    updateat bigint,
    deleteat bigint,
    teamid character varying(26),
    type channel_type,
    displayname character varying(64),
    name character varying(64),
    header character varying(1024),
    purpose character varying(250),
    lastpostat bigint,
    totalmsgcount bigint,
    extraupdateat bigint,
    creatorid character varying(26),
    schemeid character varying(26),
    groupconstrained boolean,
    shared boolean,
    totalmsgcountroot bigint,
    lastrootpostat bigint DEFAULT '0'::bigint,
    bannerinfo jsonb,
    defaultcategoryname character varying(64) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT channels_pkey PRIMARY KEY (id),
    CONSTRAINT channels_name_teamid_key UNIQUE (name, teamid)
);
CREATE INDEX idx_channel_search_txt ON channels USING gin (to_tsvector('english'::regconfig, (((((name)::text || ' '::text) || (displayname)::text) || ' '::text) || (purpose)::text)));
CREATE INDEX idx_channels_create_at ON channels USING btree (createat);
CREATE INDEX idx_channels_delete_at ON channels USING btree (deleteat);
CREATE INDEX idx_channels_displayname_lower ON channels USING btree (lower((displayname)::text));
CREATE INDEX idx_channels_name_lower ON channels USING btree (lower((name)::text));
CREATE INDEX idx_channels_scheme_id ON channels USING btree (schemeid);
CREATE INDEX idx_channels_team_id_display_name ON channels USING btree (teamid, displayname);
CREATE INDEX idx_channels_team_id_type ON channels USING btree (teamid, type);
CREATE INDEX idx_channels_update_at ON channels USING btree (updateat);

CREATE TABLE clusterdiscovery (
    id character varying(26) NOT NULL,
    type character varying(64),
    clustername character varying(64),
    hostname character varying(512),
    gossipport integer,
    port integer,
    createat bigint,
    lastpingat bigint,
    CONSTRAINT clusterdiscovery_pkey PRIMARY KEY (id)
);

CREATE TABLE commands (
    id character varying(26) NOT NULL,
    token character varying(26),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    creatorid character varying(26),
    teamid character varying(26),
    trigger character varying(128),
    method character varying(1),
    username character varying(64),
    iconurl character varying(1024),
    autocomplete boolean,
    autocompletedesc character varying(1024),
    autocompletehint character varying(1024),
    displayname character varying(64),
    description character varying(128),
    url character varying(1024),
    pluginid character varying(190),
    CONSTRAINT commands_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_command_create_at ON commands USING btree (createat);
CREATE INDEX idx_command_delete_at ON commands USING btree (deleteat);
CREATE INDEX idx_command_team_id ON commands USING btree (teamid);
CREATE INDEX idx_command_update_at ON commands USING btree (updateat);

CREATE TABLE commandwebhooks (
    id character varying(26) NOT NULL,
    createat bigint,
    commandid character varying(26),
    userid character varying(26),
    channelid character varying(26),
    rootid character varying(26),
    usecount integer,
    CONSTRAINT commandwebhooks_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_command_webhook_create_at ON commandwebhooks USING btree (createat);

CREATE TABLE compliances (
    id character varying(26) NOT NULL,
    createat bigint,
    userid character varying(26),
    status character varying(64),
    count integer,
    "desc" character varying(512),
    type character varying(64),
    startat bigint,
    endat bigint,
    keywords character varying(512),
    emails character varying(1024),
    CONSTRAINT compliances_pkey PRIMARY KEY (id)
);

CREATE TABLE IF NOT EXISTS db_lock (
    id character varying(64) NOT NULL,
    expireat bigint,
    CONSTRAINT db_lock_pkey PRIMARY KEY (id)
);

CREATE TABLE IF NOT EXISTS db_migrations (
    version bigint NOT NULL,
    name character varying NOT NULL,
    CONSTRAINT db_migrations_pkey PRIMARY KEY (version)
);

CREATE TABLE desktoptokens (
    token character varying(64) NOT NULL,
    createat bigint NOT NULL,
    userid character varying(26) NOT NULL,
    CONSTRAINT desktoptokens_pkey PRIMARY KEY (token)
);
CREATE INDEX idx_desktoptokens_token_createat ON desktoptokens USING btree (token, createat);

CREATE TABLE drafts (
    createat bigint,
    updateat bigint,
    deleteat bigint,
    userid character varying(26) NOT NULL,
    channelid character varying(26) NOT NULL,
    rootid character varying(26) DEFAULT ''::character varying NOT NULL,
    message character varying(65535),
    props character varying(8000),
    fileids character varying(300),
    priority text,
    CONSTRAINT drafts_pkey PRIMARY KEY (userid, channelid, rootid)
);

CREATE TABLE emoji (
    id character varying(26) NOT NULL,
    createat bigint,
    updateat bigint,
    deleteat bigint,
    creatorid character varying(26),
    name character varying(64),
    CONSTRAINT emoji_pkey PRIMARY KEY (id),
    CONSTRAINT emoji_name_deleteat_key UNIQUE (name, deleteat)
);
CREATE INDEX idx_emoji_create_at ON emoji USING btree (createat);
CREATE INDEX idx_emoji_delete_at ON emoji USING btree (deleteat);
CREATE INDEX idx_emoji_update_at ON emoji USING btree (updateat);

CREATE TABLE fileinfo (
    id character varying(26) NOT NULL,
    creatorid character varying(26),
    postid character varying(26),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    path character varying(512),
    thumbnailpath character varying(512),
    previewpath character varying(512),
    name character varying(256),
    extension character varying(64),
    size bigint,
    mimetype character varying(256),
    width integer,
    height integer,
    haspreviewimage boolean,
    minipreview bytea,
    content text,
    remoteid character varying(26),
    archived boolean DEFAULT false NOT NULL,
    channelid character varying(26),
    CONSTRAINT fileinfo_pkey PRIMARY KEY (id)
) WITH (autovacuum_vacuum_scale_factor=0.1, autovacuum_analyze_scale_factor=0.05);
CREATE INDEX idx_fileinfo_channel_id_create_at ON fileinfo USING btree (channelid, createat);
CREATE INDEX idx_fileinfo_content_txt ON fileinfo USING gin (to_tsvector('english'::regconfig, content));
CREATE INDEX idx_fileinfo_create_at ON fileinfo USING btree (createat);
CREATE INDEX idx_fileinfo_delete_at ON fileinfo USING btree (deleteat);
CREATE INDEX idx_fileinfo_extension_at ON fileinfo USING btree (extension);
CREATE INDEX idx_fileinfo_name_splitted ON fileinfo USING gin (to_tsvector('english'::regconfig, translate((name)::text, '.,-'::text, '   '::text)));
CREATE INDEX idx_fileinfo_name_txt ON fileinfo USING gin (to_tsvector('english'::regconfig, (name)::text));
CREATE INDEX idx_fileinfo_postid_at ON fileinfo USING btree (postid);
CREATE INDEX idx_fileinfo_update_at ON fileinfo USING btree (updateat);

CREATE TABLE groupchannels (
    groupid character varying(26) NOT NULL,
    autoadd boolean,
    schemeadmin boolean,
    createat bigint,
    deleteat bigint,
    updateat bigint,
    channelid character varying(26) NOT NULL,
    CONSTRAINT groupchannels_pkey PRIMARY KEY (groupid, channelid)
);
CREATE INDEX idx_groupchannels_channelid ON groupchannels USING btree (channelid);
CREATE INDEX idx_groupchannels_schemeadmin ON groupchannels USING btree (schemeadmin);

CREATE TABLE groupmembers (
    groupid character varying(26) NOT NULL,
    userid character varying(26) NOT NULL,
    createat bigint,
    deleteat bigint,
    CONSTRAINT groupmembers_pkey PRIMARY KEY (groupid, userid)
);
CREATE INDEX idx_groupmembers_create_at ON groupmembers USING btree (createat);

CREATE TABLE groupteams (
    groupid character varying(26) NOT NULL,
    autoadd boolean,
    schemeadmin boolean,
    createat bigint,
    deleteat bigint,
    updateat bigint,
    teamid character varying(26) NOT NULL,
    CONSTRAINT groupteams_pkey PRIMARY KEY (groupid, teamid)
);
CREATE INDEX idx_groupteams_schemeadmin ON groupteams USING btree (schemeadmin);
CREATE INDEX idx_groupteams_teamid ON groupteams USING btree (teamid);

CREATE TABLE incomingwebhooks (
    id character varying(26) NOT NULL,
    createat bigint,
    updateat bigint,
    deleteat bigint,
    userid character varying(26),
    channelid character varying(26),
    teamid character varying(26),
    displayname character varying(64),
    description character varying(500),
    username character varying(255),
    iconurl character varying(1024),
    channellocked boolean,
    CONSTRAINT incomingwebhooks_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_incoming_webhook_create_at ON incomingwebhooks USING btree (createat);
CREATE INDEX idx_incoming_webhook_delete_at ON incomingwebhooks USING btree (deleteat);
CREATE INDEX idx_incoming_webhook_team_id ON incomingwebhooks USING btree (teamid);
CREATE INDEX idx_incoming_webhook_update_at ON incomingwebhooks USING btree (updateat);
CREATE INDEX idx_incoming_webhook_user_id ON incomingwebhooks USING btree (userid);

CREATE TABLE jobs (
    id character varying(26) NOT NULL,
    type character varying(32),
    priority bigint,
    createat bigint,
    startat bigint,
    lastactivityat bigint,
    status character varying(32),
    progress bigint,
    data jsonb,
    CONSTRAINT jobs_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_jobs_status_type ON jobs USING btree (status, type);
CREATE INDEX idx_jobs_type ON jobs USING btree (type);

CREATE TABLE licenses (
    id character varying(26) NOT NULL,
    createat bigint,
    bytes character varying(10000),
    CONSTRAINT licenses_pkey PRIMARY KEY (id)
);

CREATE TABLE linkmetadata (
    hash bigint NOT NULL,
    url character varying(2048),
    timestamp bigint,
    type character varying(16),
    data jsonb,
    CONSTRAINT linkmetadata_pkey PRIMARY KEY (hash)
);
CREATE INDEX idx_link_metadata_url_timestamp ON linkmetadata USING btree (url, "timestamp");

CREATE TABLE notifyadmin (
    userid character varying(26) NOT NULL,
    createat bigint,
    requiredplan character varying(100) NOT NULL,
    requiredfeature character varying(255) NOT NULL,
    trial boolean NOT NULL,
    sentat bigint,
    CONSTRAINT notifyadmin_pkey PRIMARY KEY (userid, requiredfeature, requiredplan)
);

CREATE TABLE oauthaccessdata (
    token character varying(26) NOT NULL,
    refreshtoken character varying(26),
    redirecturi character varying(256),
    clientid character varying(26),
    userid character varying(26),
    expiresat bigint,
    scope character varying(128),
    CONSTRAINT oauthaccessdata_pkey PRIMARY KEY (token),
    CONSTRAINT oauthaccessdata_clientid_userid_key UNIQUE (clientid, userid)
);
CREATE INDEX idx_oauthaccessdata_refresh_token ON oauthaccessdata USING btree (refreshtoken);
CREATE INDEX idx_oauthaccessdata_user_id ON oauthaccessdata USING btree (userid);

CREATE TABLE oauthapps (
    id character varying(26) NOT NULL,
    creatorid character varying(26),
    createat bigint,
    updateat bigint,
    clientsecret character varying(128),
    name character varying(64),
    description character varying(512),
    callbackurls character varying(1024),
    homepage character varying(256),
    istrusted boolean,
    iconurl character varying(512),
    mattermostappid character varying(32) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT oauthapps_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_oauthapps_creator_id ON oauthapps USING btree (creatorid);

CREATE TABLE oauthauthdata (
    clientid character varying(26),
    userid character varying(26),
    code character varying(128) NOT NULL,
    expiresin integer,
    createat bigint,
    redirecturi character varying(256),
    state character varying(1024),
    scope character varying(128),
    CONSTRAINT oauthauthdata_pkey PRIMARY KEY (code)
);

CREATE TABLE outgoingoauthconnections (
    id character varying(26) NOT NULL,
    name character varying(64),
    creatorid character varying(26),
    createat bigint,
    updateat bigint,
    clientid character varying(255),
    clientsecret character varying(255),
    credentialsusername character varying(255),
    credentialspassword character varying(255),
    oauthtokenurl text,
    granttype outgoingoauthconnections_granttype DEFAULT 'client_credentials'::outgoingoauthconnections_granttype,
    audiences character varying(1024),
    CONSTRAINT outgoingoauthconnections_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_outgoingoauthconnections_name ON outgoingoauthconnections USING btree (name);

CREATE TABLE outgoingwebhooks (
    id character varying(26) NOT NULL,
    token character varying(26),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    creatorid character varying(26),
    channelid character varying(26),
    teamid character varying(26),
    triggerwords character varying(1024),
    callbackurls character varying(1024),
    displayname character varying(64),
    contenttype character varying(128),
    triggerwhen integer,
    username character varying(64),
    iconurl character varying(1024),
    description character varying(500),
    CONSTRAINT outgoingwebhooks_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_outgoing_webhook_create_at ON outgoingwebhooks USING btree (createat);
CREATE INDEX idx_outgoing_webhook_delete_at ON outgoingwebhooks USING btree (deleteat);
CREATE INDEX idx_outgoing_webhook_team_id ON outgoingwebhooks USING btree (teamid);
CREATE INDEX idx_outgoing_webhook_update_at ON outgoingwebhooks USING btree (updateat);

CREATE TABLE persistentnotifications (
    postid character varying(26) NOT NULL,
    createat bigint,
    lastsentat bigint,
    deleteat bigint,
    sentcount smallint,
    CONSTRAINT persistentnotifications_pkey PRIMARY KEY (postid)
);

CREATE TABLE pluginkeyvaluestore (
    pluginid character varying(190) NOT NULL,
    pkey character varying(150) NOT NULL,
    pvalue bytea,
    expireat bigint,
    CONSTRAINT pluginkeyvaluestore_pkey PRIMARY KEY (pluginid, pkey)
);

CREATE TABLE postacknowledgements (
    postid character varying(26) NOT NULL,
    userid character varying(26) NOT NULL,
    acknowledgedat bigint,
    remoteid character varying(26) DEFAULT ''::character varying,
    channelid character varying(26) DEFAULT ''::character varying,
    CONSTRAINT postacknowledgements_pkey PRIMARY KEY (postid, userid)
);

CREATE TABLE postreminders (
    postid character varying(26) NOT NULL,
    userid character varying(26) NOT NULL,
    targettime bigint,
    CONSTRAINT postreminders_pkey PRIMARY KEY (postid, userid)
);
CREATE INDEX idx_postreminders_targettime ON postreminders USING btree (targettime);

CREATE TABLE posts (
    id character varying(26) NOT NULL,
    createat bigint,
    updateat bigint,
    deleteat bigint,
    userid character varying(26),
    channelid character varying(26),
    rootid character varying(26),
    originalid character varying(26),
    message character varying(65535),
    type character varying(26),
    props jsonb,
    hashtags character varying(1000),
    filenames character varying(4000),
    fileids character varying(300),
    hasreactions boolean,
    editat bigint,
    ispinned boolean,
    remoteid character varying(26),
    CONSTRAINT posts_pkey PRIMARY KEY (id)
) WITH (autovacuum_vacuum_scale_factor=0.1, autovacuum_analyze_scale_factor=0.05);
CREATE INDEX idx_posts_channel_id_delete_at_create_at ON posts USING btree (channelid, deleteat, createat);
CREATE INDEX idx_posts_channel_id_update_at ON posts USING btree (channelid, updateat);
CREATE INDEX idx_posts_create_at ON posts USING btree (createat);
CREATE INDEX idx_posts_create_at_id ON posts USING btree (createat, id);
CREATE INDEX idx_posts_delete_at ON posts USING btree (deleteat);
CREATE INDEX idx_posts_hashtags_txt ON posts USING gin (to_tsvector('english'::regconfig, (hashtags)::text));
CREATE INDEX idx_posts_is_pinned ON posts USING btree (ispinned);
CREATE INDEX idx_posts_message_txt ON posts USING gin (to_tsvector('english'::regconfig, (message)::text));
CREATE INDEX idx_posts_original_id ON posts USING btree (originalid);
CREATE INDEX idx_posts_root_id_delete_at ON posts USING btree (rootid, deleteat);
CREATE INDEX idx_posts_update_at ON posts USING btree (updateat);
CREATE INDEX idx_posts_user_id ON posts USING btree (userid);

CREATE TABLE postspriority (
    postid character varying(26) NOT NULL,
    channelid character varying(26) NOT NULL,
    priority character varying(32) NOT NULL,
    requestedack boolean,
    persistentnotifications boolean,
    CONSTRAINT postspriority_pkey PRIMARY KEY (postid)
);

CREATE TABLE preferences (
    userid character varying(26) NOT NULL,
    category character varying(32) NOT NULL,
    name character varying(32) NOT NULL,
    value text,
    CONSTRAINT preferences_pkey PRIMARY KEY (userid, category, name)
) WITH (autovacuum_vacuum_scale_factor=0.1, autovacuum_analyze_scale_factor=0.05);
CREATE INDEX idx_preferences_category ON preferences USING btree (category);
CREATE INDEX idx_preferences_name ON preferences USING btree (name);

CREATE TABLE productnoticeviewstate (
    userid character varying(26) NOT NULL,
    noticeid character varying(26) NOT NULL,
    viewed integer,
    timestamp bigint,
    CONSTRAINT productnoticeviewstate_pkey PRIMARY KEY (userid, noticeid)
);
CREATE INDEX idx_notice_views_notice_id ON productnoticeviewstate USING btree (noticeid);
CREATE INDEX idx_notice_views_timestamp ON productnoticeviewstate USING btree ("timestamp");

CREATE TABLE propertyfields (
    id character varying(26) NOT NULL,
    groupid character varying(26) NOT NULL,
    name character varying(255) NOT NULL,
    type property_field_type,
    attrs jsonb,
    targetid character varying(255),
    targettype character varying(255),
    createat bigint NOT NULL,
    updateat bigint NOT NULL,
    deleteat bigint NOT NULL,
    CONSTRAINT propertyfields_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_propertyfields_create_at_id ON propertyfields USING btree (createat, id);
CREATE UNIQUE INDEX idx_propertyfields_unique ON propertyfields USING btree (groupid, targetid, name) WHERE (deleteat = 0);

CREATE TABLE propertygroups (
    id character varying(26) NOT NULL,
    name character varying(64) NOT NULL,
    CONSTRAINT propertygroups_pkey PRIMARY KEY (id),
    CONSTRAINT propertygroups_name_key UNIQUE (name)
);

CREATE TABLE propertyvalues (
    id character varying(26) NOT NULL,
    targetid character varying(255) NOT NULL,
    targettype character varying(255) NOT NULL,
    groupid character varying(26) NOT NULL,
    fieldid character varying(26) NOT NULL,
    value jsonb NOT NULL,
    createat bigint NOT NULL,
    updateat bigint NOT NULL,
    deleteat bigint NOT NULL,
    CONSTRAINT propertyvalues_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_propertyvalues_create_at_id ON propertyvalues USING btree (createat, id);
CREATE INDEX idx_propertyvalues_targetid_groupid ON propertyvalues USING btree (targetid, groupid);
CREATE UNIQUE INDEX idx_propertyvalues_unique ON propertyvalues USING btree (groupid, targetid, fieldid) WHERE (deleteat = 0);

CREATE TABLE publicchannels (
    id character varying(26) NOT NULL,
    deleteat bigint,
    teamid character varying(26),
    displayname character varying(64),
    name character varying(64),
    header character varying(1024),
    purpose character varying(250),
    CONSTRAINT publicchannels_pkey PRIMARY KEY (id),
    CONSTRAINT publicchannels_name_teamid_key UNIQUE (name, teamid)
);
CREATE INDEX idx_publicchannels_delete_at ON publicchannels USING btree (deleteat);
CREATE INDEX idx_publicchannels_displayname_lower ON publicchannels USING btree (lower((displayname)::text));
CREATE INDEX idx_publicchannels_name_lower ON publicchannels USING btree (lower((name)::text));
CREATE INDEX idx_publicchannels_search_txt ON publicchannels USING gin (to_tsvector('english'::regconfig, (((((name)::text || ' '::text) || (displayname)::text) || ' '::text) || (purpose)::text)));
CREATE INDEX idx_publicchannels_team_id ON publicchannels USING btree (teamid);

CREATE TABLE reactions (
    userid character varying(26) NOT NULL,
    postid character varying(26) NOT NULL,
    emojiname character varying(64) NOT NULL,
    createat bigint,
    updateat bigint,
    deleteat bigint,
    remoteid character varying(26),
    channelid character varying(26) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT reactions_pkey PRIMARY KEY (postid, userid, emojiname)
);
CREATE INDEX idx_reactions_channel_id ON reactions USING btree (channelid);

CREATE TABLE recentsearches (
    userid character(26) NOT NULL,
    searchpointer integer NOT NULL,
    query jsonb,
    createat bigint NOT NULL,
    CONSTRAINT recentsearches_pkey PRIMARY KEY (userid, searchpointer)
);

CREATE TABLE remoteclusters (
    remoteid character varying(26) NOT NULL,
    remoteteamid character varying(26),
    name character varying(64) NOT NULL,
    displayname character varying(64),
    siteurl character varying(512),
    createat bigint,
    lastpingat bigint,
    token character varying(26),
    remotetoken character varying(26),
    topics character varying(512),
    creatorid character varying(26),
    pluginid character varying(190) DEFAULT ''::character varying NOT NULL,
    options smallint DEFAULT 0 NOT NULL,
    defaultteamid character varying(26) DEFAULT ''::character varying,
    deleteat bigint DEFAULT 0,
    lastglobalusersyncat bigint DEFAULT 0,
    CONSTRAINT remoteclusters_pkey PRIMARY KEY (remoteid, name)
);

CREATE TABLE retentionidsfordeletion (
    id character varying(26) NOT NULL,
    tablename character varying(64),
    ids character varying(26)[],
    CONSTRAINT retentionidsfordeletion_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_retentionidsfordeletion_tablename ON retentionidsfordeletion USING btree (tablename);

CREATE TABLE retentionpolicies (
    id character varying(26) NOT NULL,
    displayname character varying(64),
    postduration bigint,
    CONSTRAINT retentionpolicies_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_retentionpolicies_displayname ON retentionpolicies USING btree (displayname);

CREATE TABLE retentionpolicieschannels (
    policyid character varying(26),
    channelid character varying(26) NOT NULL,
    CONSTRAINT retentionpolicieschannels_pkey PRIMARY KEY (channelid)
);
CREATE INDEX idx_retentionpolicieschannels_policyid ON retentionpolicieschannels USING btree (policyid);

CREATE TABLE retentionpoliciesteams (
    policyid character varying(26),
    teamid character varying(26) NOT NULL,
    CONSTRAINT retentionpoliciesteams_pkey PRIMARY KEY (teamid)
);
CREATE INDEX idx_retentionpoliciesteams_policyid ON retentionpoliciesteams USING btree (policyid);

CREATE TABLE roles (
    id character varying(26) NOT NULL,
    name character varying(64),
    displayname character varying(128),
    description character varying(1024),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    permissions text,
    schememanaged boolean,
    builtin boolean,
    CONSTRAINT roles_pkey PRIMARY KEY (id),
    CONSTRAINT roles_name_key UNIQUE (name)
);

CREATE TABLE scheduledposts (
    id character varying(26) NOT NULL,
    createat bigint,
    updateat bigint,
    userid character varying(26) NOT NULL,
    channelid character varying(26) NOT NULL,
    rootid character varying(26),
    message character varying(65535),
    props character varying(8000),
    fileids character varying(300),
    priority text,
    scheduledat bigint NOT NULL,
    processedat bigint,
    errorcode character varying(200),
    CONSTRAINT scheduledposts_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_scheduledposts_userid_channel_id_scheduled_at ON scheduledposts USING btree (userid, channelid, scheduledat);

CREATE TABLE schemes (
    id character varying(26) NOT NULL,
    name character varying(64),
    displayname character varying(128),
    description character varying(1024),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    scope character varying(32),
    defaultteamadminrole character varying(64),
    defaultteamuserrole character varying(64),
    defaultchanneladminrole character varying(64),
    defaultchanneluserrole character varying(64),
    defaultteamguestrole character varying(64),
    defaultchannelguestrole character varying(64),
    defaultplaybookadminrole character varying(64) DEFAULT ''::character varying,
    defaultplaybookmemberrole character varying(64) DEFAULT ''::character varying,
    defaultrunadminrole character varying(64) DEFAULT ''::character varying,
    defaultrunmemberrole character varying(64) DEFAULT ''::character varying,
    CONSTRAINT schemes_pkey PRIMARY KEY (id),
    CONSTRAINT schemes_name_key UNIQUE (name)
);
CREATE INDEX idx_schemes_channel_admin_role ON schemes USING btree (defaultchanneladminrole);
CREATE INDEX idx_schemes_channel_guest_role ON schemes USING btree (defaultchannelguestrole);
CREATE INDEX idx_schemes_channel_user_role ON schemes USING btree (defaultchanneluserrole);

CREATE TABLE sessions (
    id character varying(26) NOT NULL,
    token character varying(26),
    createat bigint,
    expiresat bigint,
    lastactivityat bigint,
    userid character varying(26),
    deviceid character varying(512),
    roles character varying(256),
    isoauth boolean,
    props jsonb,
    expirednotify boolean,
    CONSTRAINT sessions_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_sessions_create_at ON sessions USING btree (createat);
CREATE INDEX idx_sessions_expires_at ON sessions USING btree (expiresat);
CREATE INDEX idx_sessions_last_activity_at ON sessions USING btree (lastactivityat);
CREATE INDEX idx_sessions_token ON sessions USING btree (token);
CREATE INDEX idx_sessions_user_id ON sessions USING btree (userid);

CREATE TABLE sharedchannelattachments (
    id character varying(26) NOT NULL,
    fileid character varying(26),
    remoteid character varying(26),
    createat bigint,
    lastsyncat bigint,
    CONSTRAINT sharedchannelattachments_pkey PRIMARY KEY (id),
    CONSTRAINT sharedchannelattachments_fileid_remoteid_key UNIQUE (fileid, remoteid)
);

CREATE TABLE sharedchannelremotes (
    id character varying(26) NOT NULL,
    channelid character varying(26) NOT NULL,
    creatorid character varying(26),
    createat bigint,
    updateat bigint,
    isinviteaccepted boolean,
    isinviteconfirmed boolean,
    remoteid character varying(26),
    lastpostupdateat bigint,
    lastpostid character varying(26),
    lastpostcreateat bigint DEFAULT 0 NOT NULL,
    lastpostcreateid character varying(26),
    deleteat bigint DEFAULT 0,
    lastmemberssyncat bigint DEFAULT 0,
    CONSTRAINT sharedchannelremotes_pkey PRIMARY KEY (id, channelid),
    CONSTRAINT sharedchannelremotes_channelid_remoteid_key UNIQUE (channelid, remoteid)
);

CREATE TABLE sharedchannels (
    channelid character varying(26) NOT NULL,
    teamid character varying(26),
    home boolean,
    readonly boolean,
    sharename character varying(64),
    sharedisplayname character varying(64),
    sharepurpose character varying(250),
    shareheader character varying(1024),
    creatorid character varying(26),
    createat bigint,
    updateat bigint,
    remoteid character varying(26),
    CONSTRAINT sharedchannels_pkey PRIMARY KEY (channelid),
    CONSTRAINT sharedchannels_sharename_teamid_key UNIQUE (sharename, teamid)
);

CREATE TABLE sharedchannelusers (
    id character varying(26) NOT NULL,
    userid character varying(26),
    remoteid character varying(26),
    createat bigint,
    lastsyncat bigint,
    channelid character varying(26),
    lastmembershipsyncat bigint DEFAULT 0,
    CONSTRAINT sharedchannelusers_pkey PRIMARY KEY (id),
    CONSTRAINT sharedchannelusers_userid_channelid_remoteid_key UNIQUE (userid, channelid, remoteid)
);
CREATE INDEX idx_sharedchannelusers_remote_id ON sharedchannelusers USING btree (remoteid);

CREATE TABLE sidebarcategories (
    id character varying(128) NOT NULL,
    userid character varying(26),
    teamid character varying(26),
    sortorder bigint,
    sorting character varying(64),
    type character varying(64),
    displayname character varying(64),
    muted boolean,
    collapsed boolean,
    CONSTRAINT sidebarcategories_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_sidebarcategories_userid_teamid ON sidebarcategories USING btree (userid, teamid);

CREATE TABLE sidebarchannels (
    channelid character varying(26) NOT NULL,
    userid character varying(26) NOT NULL,
    categoryid character varying(128) NOT NULL,
    sortorder bigint,
    CONSTRAINT sidebarchannels_pkey PRIMARY KEY (channelid, userid, categoryid)
);
CREATE INDEX idx_sidebarchannels_categoryid ON sidebarchannels USING btree (categoryid);

CREATE TABLE status (
    userid character varying(26) NOT NULL,
    status character varying(32),
    manual boolean,
    lastactivityat bigint,
    dndendtime bigint,
    prevstatus character varying(32),
    CONSTRAINT status_pkey PRIMARY KEY (userid)
);
CREATE INDEX idx_status_status_dndendtime ON status USING btree (status, dndendtime);

CREATE TABLE systems (
    name character varying(64) NOT NULL,
    value character varying(1024),
    CONSTRAINT systems_pkey PRIMARY KEY (name)
);

CREATE TABLE teammembers (
    teamid character varying(26) NOT NULL,
    userid character varying(26) NOT NULL,
    roles character varying(256),
    deleteat bigint,
    schemeuser boolean,
    schemeadmin boolean,
    schemeguest boolean,
    createat bigint DEFAULT 0,
    CONSTRAINT teammembers_pkey PRIMARY KEY (teamid, userid)
);
CREATE INDEX idx_teammembers_createat ON teammembers USING btree (createat);
CREATE INDEX idx_teammembers_delete_at ON teammembers USING btree (deleteat);
CREATE INDEX idx_teammembers_user_id ON teammembers USING btree (userid);

CREATE TABLE teams (
    id character varying(26) NOT NULL,
    createat bigint,
    updateat bigint,
    deleteat bigint,
    displayname character varying(64),
    name character varying(64),
    description character varying(255),
    email character varying(128),
    type team_type,
    companyname character varying(64),
    alloweddomains character varying(1000),
    inviteid character varying(32),
    schemeid character varying(26),
    allowopeninvite boolean,
    lastteamiconupdate bigint,
    groupconstrained boolean,
    cloudlimitsarchived boolean DEFAULT false NOT NULL,
    CONSTRAINT teams_pkey PRIMARY KEY (id),
    CONSTRAINT teams_name_key UNIQUE (name)
);
CREATE INDEX idx_teams_create_at ON teams USING btree (createat);
CREATE INDEX idx_teams_delete_at ON teams USING btree (deleteat);
CREATE INDEX idx_teams_invite_id ON teams USING btree (inviteid);
CREATE INDEX idx_teams_scheme_id ON teams USING btree (schemeid);
CREATE INDEX idx_teams_update_at ON teams USING btree (updateat);

CREATE TABLE termsofservice (
    id character varying(26) NOT NULL,
    createat bigint,
    userid character varying(26),
    text character varying(65535),
    CONSTRAINT termsofservice_pkey PRIMARY KEY (id)
);

CREATE TABLE threadmemberships (
    postid character varying(26) NOT NULL,
    userid character varying(26) NOT NULL,
    following boolean,
    lastviewed bigint,
    lastupdated bigint,
    unreadmentions bigint,
    CONSTRAINT threadmemberships_pkey PRIMARY KEY (postid, userid)
) WITH (autovacuum_vacuum_scale_factor=0.1, autovacuum_analyze_scale_factor=0.05);
CREATE INDEX idx_thread_memberships_last_update_at ON threadmemberships USING btree (lastupdated);
CREATE INDEX idx_thread_memberships_last_view_at ON threadmemberships USING btree (lastviewed);
CREATE INDEX idx_thread_memberships_user_id ON threadmemberships USING btree (userid);

CREATE TABLE threads (
    postid character varying(26) NOT NULL,
    replycount bigint,
    lastreplyat bigint,
    participants jsonb,
    channelid character varying(26),
    threaddeleteat bigint,
    threadteamid character varying(26),
    CONSTRAINT threads_pkey PRIMARY KEY (postid)
);
CREATE INDEX idx_threads_channel_id_last_reply_at ON threads USING btree (channelid, lastreplyat);

CREATE TABLE tokens (
    token character varying(64) NOT NULL,
    createat bigint,
    type character varying(64),
    extra character varying(2048),
    CONSTRAINT tokens_pkey PRIMARY KEY (token)
);

CREATE TABLE uploadsessions (
    id character varying(26) NOT NULL,
    type upload_session_type,
    createat bigint,
    userid character varying(26),
    channelid character varying(26),
    filename character varying(256),
    path character varying(512),
    filesize bigint,
    fileoffset bigint,
    remoteid character varying(26),
    reqfileid character varying(26),
    CONSTRAINT uploadsessions_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_uploadsessions_create_at ON uploadsessions USING btree (createat);
CREATE INDEX idx_uploadsessions_type ON uploadsessions USING btree (type);
CREATE INDEX idx_uploadsessions_user_id ON uploadsessions USING btree (userid);

CREATE TABLE useraccesstokens (
    id character varying(26) NOT NULL,
    token character varying(26),
    userid character varying(26),
    description character varying(512),
    isactive boolean,
    CONSTRAINT useraccesstokens_pkey PRIMARY KEY (id),
    CONSTRAINT useraccesstokens_token_key UNIQUE (token)
);
CREATE INDEX idx_user_access_tokens_user_id ON useraccesstokens USING btree (userid);

CREATE TABLE usergroups (
    id character varying(26) NOT NULL,
    name character varying(64),
    displayname character varying(128),
    description character varying(1024),
    source character varying(64),
    remoteid character varying(48),
    createat bigint,
    updateat bigint,
    deleteat bigint,
    allowreference boolean,
    CONSTRAINT usergroups_pkey PRIMARY KEY (id),
    CONSTRAINT usergroups_name_key UNIQUE (name),
    CONSTRAINT usergroups_source_remoteid_key UNIQUE (source, remoteid)
);
CREATE INDEX idx_usergroups_delete_at ON usergroups USING btree (deleteat);
CREATE INDEX idx_usergroups_displayname ON usergroups USING btree (displayname);
CREATE INDEX idx_usergroups_remote_id ON usergroups USING btree (remoteid);

CREATE TABLE users (
    id character varying(26) NOT NULL,
    createat bigint,
    updateat bigint,
    deleteat bigint,
    username character varying(64),
    password character varying(128),
    authdata character varying(128),
    authservice character varying(32),
    email character varying(128),
    emailverified boolean,
    nickname character varying(64),
    firstname character varying(64),
    lastname character varying(64),
    roles character varying(256),
    allowmarketing boolean,
    props jsonb,
    notifyprops jsonb,
    lastpasswordupdate bigint,
    lastpictureupdate bigint,
    failedattempts integer,
    locale character varying(5),
    mfaactive boolean,
    mfasecret character varying(128),
    position character varying(128),
    timezone jsonb,
    remoteid character varying(26),
    lastlogin bigint DEFAULT 0 NOT NULL,
    mfausedtimestamps jsonb,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_authdata_key UNIQUE (authdata),
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT users_username_key UNIQUE (username)
);
CREATE INDEX idx_users_all_no_full_name_txt ON users USING gin (to_tsvector('english'::regconfig, (((((username)::text || ' '::text) || (nickname)::text) || ' '::text) || (email)::text)));
CREATE INDEX idx_users_all_txt ON users USING gin (to_tsvector('english'::regconfig, (((((((((username)::text || ' '::text) || (firstname)::text) || ' '::text) || (lastname)::text) || ' '::text) || (nickname)::text) || ' '::text) || (email)::text)));
CREATE INDEX idx_users_create_at ON users USING btree (createat);
CREATE INDEX idx_users_delete_at ON users USING btree (deleteat);
CREATE INDEX idx_users_email_lower_textpattern ON users USING btree (lower((email)::text) text_pattern_ops);
CREATE INDEX idx_users_firstname_lower_textpattern ON users USING btree (lower((firstname)::text) text_pattern_ops);
CREATE INDEX idx_users_lastname_lower_textpattern ON users USING btree (lower((lastname)::text) text_pattern_ops);
CREATE INDEX idx_users_names_no_full_name_txt ON users USING gin (to_tsvector('english'::regconfig, (((username)::text || ' '::text) || (nickname)::text)));
CREATE INDEX idx_users_names_txt ON users USING gin (to_tsvector('english'::regconfig, (((((((username)::text || ' '::text) || (firstname)::text) || ' '::text) || (lastname)::text) || ' '::text) || (nickname)::text)));
CREATE INDEX idx_users_nickname_lower_textpattern ON users USING btree (lower((nickname)::text) text_pattern_ops);
CREATE INDEX idx_users_update_at ON users USING btree (updateat);
CREATE INDEX idx_users_username_lower_textpattern ON users USING btree (lower((username)::text) text_pattern_ops);

CREATE TABLE usertermsofservice (
    userid character varying(26) NOT NULL,
    termsofserviceid character varying(26),
    createat bigint,
    CONSTRAINT usertermsofservice_pkey PRIMARY KEY (userid)
);

ALTER TABLE retentionpolicieschannels ADD CONSTRAINT fk_retentionpolicieschannels_retentionpolicies FOREIGN KEY (policyid) REFERENCES retentionpolicies(id) ON DELETE CASCADE;
ALTER TABLE retentionpoliciesteams ADD CONSTRAINT fk_retentionpoliciesteams_retentionpolicies FOREIGN KEY (policyid) REFERENCES retentionpolicies(id) ON DELETE CASCADE;

CREATE MATERIALIZED VIEW attributeview AS
 SELECT pv.groupid,
    pv.targetid,
    pv.targettype,
    jsonb_object_agg(pf.name,
        CASE
            WHEN pf.type = 'select'::property_field_type THEN ( SELECT to_jsonb(options.name) AS to_jsonb
               FROM jsonb_to_recordset(pf.attrs -> 'options'::text) options(id text, name text)
              WHERE options.id = (pv.value #>> '{}'::text[])
             LIMIT 1)
            WHEN pf.type = 'multiselect'::property_field_type AND jsonb_typeof(pv.value) = 'array'::text THEN ( SELECT jsonb_agg(option_names.name) AS jsonb_agg
               FROM jsonb_array_elements_text(pv.value) option_id(value)
                 JOIN jsonb_to_recordset(pf.attrs -> 'options'::text) option_names(id text, name text) ON option_id.value = option_names.id)
            ELSE pv.value
        END) AS attributes
   FROM propertyvalues pv
     LEFT JOIN propertyfields pf ON pf.id::text = pv.fieldid::text
  WHERE (pv.deleteat = 0 OR pv.deleteat IS NULL) AND (pf.deleteat = 0 OR pf.deleteat IS NULL)
  GROUP BY pv.groupid, pv.targetid, pv.targettype;

CREATE MATERIALIZED VIEW bot_posts_by_team_day AS
 SELECT to_timestamp((p.createat / 1000)::double precision)::date AS day,
    count(*) AS num,
    c.teamid
   FROM posts p
     JOIN bots b ON p.userid::text = b.userid::text
     JOIN channels c ON p.channelid::text = c.id::text
  GROUP BY (to_timestamp((p.createat / 1000)::double precision)::date), c.teamid;

CREATE MATERIALIZED VIEW file_stats AS
 SELECT count(*) AS num,
    COALESCE(sum(fileinfo.size), 0::numeric) AS usage
   FROM fileinfo
  WHERE fileinfo.deleteat = 0;

CREATE MATERIALIZED VIEW posts_by_team_day AS
 SELECT to_timestamp((p.createat / 1000)::double precision)::date AS day,
    count(*) AS num,
    c.teamid
   FROM posts p
     JOIN channels c ON p.channelid::text = c.id::text
  GROUP BY (to_timestamp((p.createat / 1000)::double precision)::date), c.teamid;

CREATE MATERIALIZED VIEW poststats AS
 SELECT posts.userid,
    to_timestamp((posts.createat / 1000)::double precision)::date AS day,
    count(*) AS numposts,
    max(posts.createat) AS lastpostdate
   FROM posts
  GROUP BY posts.userid, (to_timestamp((posts.createat / 1000)::double precision)::date);
CREATE INDEX idx_poststats_userid ON poststats USING btree (userid);

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Every key of `mattermost[…]` that GitLab 18.11 knows. */
export const mattermostKeys = words(`
  enable username group uid gid home database_name env_directory env log_file_directory service_address service_port
  service_site_url service_use_ssl service_allowed_untrusted_internal_connections service_enable_api_team_deletion
  team_site_name sql_driver_name sql_data_source sql_at_rest_encrypt_key file_directory plugin_directory
  plugin_client_directory gitlab_enable gitlab_id gitlab_secret gitlab_scope gitlab_auth_endpoint gitlab_token_endpoint
  gitlab_user_api_endpoint gitlab register_as_oauth_app email_invite_salt file_public_link_salt svlogd_size svlogd_num
  svlogd_timeout svlogd_filter svlogd_udp svlogd_prefix log_group host port`)

/** Keys of `mattermost_nginx[…]` that shape the virtual host. */
export const vhostKeys = words(`
  enable listen_addresses listen_port listen_https redirect_http_to_https redirect_http_to_https_port ssl_certificate
  ssl_certificate_key ssl_client_certificate ssl_verify_client ssl_verify_depth ssl_ciphers ssl_prefer_server_ciphers
  ssl_protocols ssl_session_cache ssl_session_timeout ssl_session_tickets ssl_dhparam ssl_ecdh_curve ssl_conf_command
  ssl_password_file http2_enabled hsts_max_age hsts_include_subdomains referrer_policy client_max_body_size
  proxy_read_timeout proxy_connect_timeout proxy_set_headers proxy_protocol proxy_custom_buffer_size real_ip_header
  real_ip_recursive real_ip_trusted_addresses log_format log_format_escape error_log_level dir log_directory
  custom_gitlab_mattermost_server_config`)

/** Names of `nginx[…]` that `mattermost_nginx[…]` accepts, because it began as a copy of them, without any effect. */
export const idleVhostKeys = words(`
  ha worker_processes worker_connections worker_rlimit_nofile sendfile tcp_nopush tcp_nodelay hide_server_tokens gzip
  gzip_enabled gzip_http_version gzip_comp_level gzip_proxied gzip_types keepalive_timeout keepalive_time cache_max_size
  server_names_hash_bucket_size custom_nginx_config custom_gitlab_server_config custom_error_pages custom_ssl_config
  request_buffering_off_path_regex proxy_cache proxy_cache_path proxy_hide_headers proxy_intercept_errors status
  gitlab_mattermost_server_config consul_service_name consul_service_meta log_group svlogd_size svlogd_num
  svlogd_timeout svlogd_filter svlogd_udp svlogd_prefix log_directory_permissions
  ssl_session_ticket_key resolver kas_sidekiq_client_timeout proxy_busy_buffers_size`)

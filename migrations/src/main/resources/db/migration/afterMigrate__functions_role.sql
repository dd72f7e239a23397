-- Runs after every migration run. Where RDS lets in whom IAM lets in, functions log in as parley_app, which may work with
-- rows and not change the schema; elsewhere they log in as the schema's owner, and this does nothing.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_iam') THEN
    RETURN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'parley_app') THEN
    CREATE ROLE parley_app LOGIN;
    GRANT rds_iam TO parley_app;
  END IF;
  GRANT USAGE ON SCHEMA public TO parley_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO parley_app;
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO parley_app;
  REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history FROM parley_app;
END
$$;

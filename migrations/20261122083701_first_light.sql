CREATE TABLE "assessment_periods" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"period" text NOT NULL,
	"scheme_id" uuid NOT NULL,
	"state" text NOT NULL,
	"cutoff_at" timestamp (3) with time zone,
	"facts_hash" text,
	"sheets_hash" text,
	"frozen_by" text,
	"published_at" timestamp (3) with time zone,
	"confirmed_by" text,
	"final_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "assessment_periods_key" UNIQUE("region_id","period"),
	CONSTRAINT "assessment_periods_state_check" CHECK ("assessment_periods"."state" in ('open', 'frozen', 'published', 'final'))
);
--> statement-breakpoint
CREATE TABLE "frozen_fact_rows" (
	"period_id" uuid NOT NULL,
	"measure" text NOT NULL,
	"unit_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"label" text NOT NULL,
	"numerator" numeric NOT NULL,
	"denominator" numeric NOT NULL,
	"note" text NOT NULL,
	CONSTRAINT "frozen_fact_rows_period_id_unit_id_measure_position_pk" PRIMARY KEY("period_id","unit_id","measure","position")
);
--> statement-breakpoint
CREATE TABLE "frozen_facts" (
	"period_id" uuid NOT NULL,
	"measure" text NOT NULL,
	"unit_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"numerator" numeric NOT NULL,
	"denominator" numeric NOT NULL,
	"applicable" boolean NOT NULL,
	CONSTRAINT "frozen_facts_period_id_unit_id_measure_pk" PRIMARY KEY("period_id","unit_id","measure")
);
--> statement-breakpoint
CREATE TABLE "manual_scores" (
	"period_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"leaf" text NOT NULL,
	"region_id" uuid NOT NULL,
	"points" numeric(7, 2) NOT NULL,
	"evidence" text NOT NULL,
	"scored_by" text NOT NULL,
	"confirmed_by" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "manual_scores_period_id_unit_id_leaf_pk" PRIMARY KEY("period_id","unit_id","leaf")
);
--> statement-breakpoint
CREATE TABLE "objections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"period_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"leaf" text NOT NULL,
	"reason" text NOT NULL,
	"raised_by" text NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"answer" text,
	"upheld" boolean,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "schemes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"code" text NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"in_force_from" date NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "schemes_version_key" UNIQUE("region_id","code","number")
);
--> statement-breakpoint
CREATE TABLE "score_sheets" (
	"period_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_name" text NOT NULL,
	"group" text NOT NULL,
	"total" numeric(7, 2) NOT NULL,
	"total_exact" text NOT NULL,
	"grade" text NOT NULL,
	"place" integer NOT NULL,
	"previous_place" integer,
	"content" jsonb NOT NULL,
	CONSTRAINT "score_sheets_period_id_unit_id_pk" PRIMARY KEY("period_id","unit_id"),
	CONSTRAINT "score_sheets_group_check" CHECK ("score_sheets"."group" in ('municipal', 'county', 'town'))
);
--> statement-breakpoint
CREATE TABLE "bulletin_sequences" (
	"region_id" uuid NOT NULL,
	"series" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "bulletin_sequences_region_id_series_year_pk" PRIMARY KEY("region_id","series","year")
);
--> statement-breakpoint
CREATE TABLE "bulletins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"period_id" uuid NOT NULL,
	"series" text NOT NULL,
	"edition" integer NOT NULL,
	"state" text NOT NULL,
	"title" text NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"year" integer,
	"sequence" integer,
	"number" text,
	"drafted_by" text NOT NULL,
	"drafted_at" timestamp (3) with time zone NOT NULL,
	"signed_by" text,
	"signed_on" date,
	"published_at" timestamp (3) with time zone,
	"pdf_file_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "bulletins_edition_key" UNIQUE("region_id","period_id","series","edition"),
	CONSTRAINT "bulletins_number_key" UNIQUE("region_id","series","year","sequence"),
	CONSTRAINT "bulletins_state_check" CHECK ("bulletins"."state" in ('draft', 'published', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "instructions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"bulletin_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"leader_id" text NOT NULL,
	"text" text NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	"item_id" uuid
);
--> statement-breakpoint
CREATE TABLE "read_receipts" (
	"bulletin_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"region_id" uuid NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "read_receipts_bulletin_id_user_id_pk" PRIMARY KEY("bulletin_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "catalog_categories" (
	"code" text PRIMARY KEY NOT NULL,
	"parent_code" text,
	"level" integer NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog_sequences" (
	"region_id" uuid NOT NULL,
	"category_code" text NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "catalog_sequences_region_id_category_code_pk" PRIMARY KEY("region_id","category_code")
);
--> statement-breakpoint
CREATE TABLE "corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"reporter_unit_id" uuid NOT NULL,
	"description" text NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"due_on" date,
	"fixed_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "demands" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"project_id" uuid,
	"provider_unit_id" uuid,
	"resource_id" uuid,
	"wanted" text NOT NULL,
	"legal_basis" text NOT NULL,
	"scene" text NOT NULL,
	"method" text NOT NULL,
	"frequency" text NOT NULL,
	"state" text NOT NULL,
	"applied_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone,
	"answer_due_on" date,
	"answered_at" timestamp (3) with time zone,
	"refusal_reason" text,
	"due_on" date,
	"delivered_at" timestamp (3) with time zone,
	"rating" integer,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "demands_state_check" CHECK ("demands"."state" in ('applied', 'unitReviewed', 'checked', 'agreed', 'refused', 'delivered', 'ended')),
	CONSTRAINT "demands_method_check" CHECK ("demands"."method" in ('database', 'file', 'interface')),
	CONSTRAINT "demands_frequency_check" CHECK ("demands"."frequency" in ('realTime', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'irregular'))
);
--> statement-breakpoint
CREATE TABLE "resource_items" (
	"resource_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"region_id" uuid NOT NULL,
	"name" text NOT NULL,
	"data_type" text NOT NULL,
	"length" integer,
	"required" boolean DEFAULT false NOT NULL,
	"is_key" boolean DEFAULT false NOT NULL,
	CONSTRAINT "resource_items_resource_id_position_pk" PRIMARY KEY("resource_id","position")
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"project_id" uuid,
	"system_id" uuid,
	"category_code" text NOT NULL,
	"code" text,
	"name" text NOT NULL,
	"normalized_name" text NOT NULL,
	"initials" text NOT NULL,
	"summary" text NOT NULL,
	"format_class" text NOT NULL,
	"sharing_type" text NOT NULL,
	"legal_basis" text,
	"conditions" text,
	"method" text,
	"open_to_public" boolean DEFAULT false NOT NULL,
	"open_conditions" text,
	"update_cycle" text NOT NULL,
	"matter" text,
	"material" text,
	"state" text NOT NULL,
	"registered_by" text,
	"published_by" text,
	"published_on" date,
	"last_updated_on" date,
	"collected_on" date,
	"interface_attached_on" date,
	"test_shared_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "resources_code_key" UNIQUE("region_id","code"),
	CONSTRAINT "resources_unit_name_key" UNIQUE("region_id","unit_id","normalized_name"),
	CONSTRAINT "resources_sharing_type_check" CHECK ("resources"."sharing_type" in ('unconditional', 'conditional', 'none')),
	CONSTRAINT "resources_method_check" CHECK ("resources"."method" in ('database', 'file', 'interface')),
	CONSTRAINT "resources_format_class_check" CHECK ("resources"."format_class" in ('document', 'spreadsheet', 'database', 'image', 'stream', 'selfDescribing', 'service')),
	CONSTRAINT "resources_update_cycle_check" CHECK ("resources"."update_cycle" in ('realTime', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'irregular')),
	CONSTRAINT "resources_state_check" CHECK ("resources"."state" in ('draft', 'registered', 'published', 'suspended', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "sharing_points" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"points" integer NOT NULL,
	"subject_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gate_exemptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"file_id" uuid,
	"requested_by" text NOT NULL,
	"approved_by" text,
	"approved_at" timestamp (3) with time zone,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sanctions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"from_on" date NOT NULL,
	"lifted_on" date,
	"imposed_by" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "security_incidents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"title" text NOT NULL,
	"severity" text NOT NULL,
	"happened_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "security_tests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"system_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"level" integer,
	"filing_number" text,
	"passed" text NOT NULL,
	"tested_on" date NOT NULL,
	"valid_until" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "arrivals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	"arrived_on" date NOT NULL,
	"confirmed_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"supplier" text NOT NULL,
	"operator_unit_id" uuid,
	"amount_fen" bigint NOT NULL,
	"signed_on" date NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "contracts_number_key" UNIQUE("region_id","number")
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"contract_id" uuid,
	"region_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	"paid_on" date NOT NULL,
	"voucher" text NOT NULL,
	"entered_by" text NOT NULL,
	"confirmed_by" text,
	"confirmed_at" timestamp (3) with time zone,
	CONSTRAINT "payments_voucher_key" UNIQUE("region_id","voucher")
);
--> statement-breakpoint
CREATE TABLE "login_failures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"address" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"address" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit_collection_members" (
	"collection_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	CONSTRAINT "unit_collection_members_collection_id_unit_id_from_on_pk" PRIMARY KEY("collection_id","unit_id","from_on")
);
--> statement-breakpoint
CREATE TABLE "unit_collections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "unit_collections_name_key" UNIQUE("region_id","name")
);
--> statement-breakpoint
CREATE TABLE "unit_names" (
	"unit_id" uuid NOT NULL,
	"name" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	CONSTRAINT "unit_names_unit_id_from_on_pk" PRIMARY KEY("unit_id","from_on")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"parent_id" uuid,
	"code" text NOT NULL,
	"credit_code" text,
	"name" text NOT NULL,
	"initials" text NOT NULL,
	"group" text NOT NULL,
	"is_operator" boolean DEFAULT false NOT NULL,
	"assessed" boolean DEFAULT true NOT NULL,
	"cloud_exempt" boolean DEFAULT false NOT NULL,
	"position" integer NOT NULL,
	"closed_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "units_code_key" UNIQUE("region_id","code"),
	CONSTRAINT "units_group_check" CHECK ("units"."group" in ('municipal', 'county', 'town'))
);
--> statement-breakpoint
CREATE TABLE "user_roles" (
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "user_roles_user_id_role_pk" PRIMARY KEY("user_id","role"),
	CONSTRAINT "user_roles_role_check" CHECK ("user_roles"."role" in ('filer', 'unitLead', 'bureauReviewer', 'bureauAssessor', 'financeReviewer', 'expert', 'operator', 'leader', 'auditor', 'systemAdmin', 'securityAdmin', 'auditAdmin'))
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"username" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "users_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"title" text NOT NULL,
	"href" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_blocks" (
	"sequence" integer PRIMARY KEY NOT NULL,
	"first_entry" bigint NOT NULL,
	"last_entry" bigint NOT NULL,
	"row_sequences" bigint[] NOT NULL,
	"row_digests" text[] NOT NULL,
	"previous_digest" text NOT NULL,
	"digest" text NOT NULL,
	"sealed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"request_id" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"actor_roles" text NOT NULL,
	"unit_id" uuid,
	"region_id" uuid,
	"address" text NOT NULL,
	"action" text NOT NULL,
	"object_type" text NOT NULL,
	"object_id" text NOT NULL,
	"before_digest" text,
	"after_digest" text,
	"result" text NOT NULL,
	"reason" text,
	CONSTRAINT "audit_entries_sequence_key" UNIQUE("sequence")
);
--> statement-breakpoint
CREATE TABLE "calendar_days" (
	"day" date PRIMARY KEY NOT NULL,
	"off" boolean NOT NULL,
	"name" text NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "domain_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"type" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"actor_role" text NOT NULL,
	"unit_name" text NOT NULL,
	"reason" text,
	"payload" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"storage_key" text NOT NULL,
	"uploaded_by" text NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid,
	"file_name" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"preview" jsonb NOT NULL,
	"confirmed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "rule_figures" (
	"code" text NOT NULL,
	"in_force_from" date NOT NULL,
	"value" text NOT NULL,
	"unit" text NOT NULL,
	"name" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "rule_figures_code_in_force_from_pk" PRIMARY KEY("code","in_force_from")
);
--> statement-breakpoint
CREATE TABLE "ledger_task_units" (
	"task_id" uuid NOT NULL,
	"role" text NOT NULL,
	"position" integer NOT NULL,
	"region_id" uuid NOT NULL,
	"mention" text NOT NULL,
	"kind" text NOT NULL,
	"unit_id" uuid,
	CONSTRAINT "ledger_task_units_task_id_role_position_pk" PRIMARY KEY("task_id","role","position")
);
--> statement-breakpoint
CREATE TABLE "ledger_tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"plan" text NOT NULL,
	"number" integer NOT NULL,
	"section" text NOT NULL,
	"title" text,
	"content" text NOT NULL,
	"deadline_kind" text NOT NULL,
	"deadline_text" text NOT NULL,
	"deadlines" jsonb NOT NULL,
	"doubts" jsonb NOT NULL,
	"confirmed" boolean DEFAULT false NOT NULL,
	"progress" text DEFAULT '' NOT NULL,
	"closed_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "ledger_tasks_number_key" UNIQUE("region_id","plan","number"),
	CONSTRAINT "ledger_tasks_deadline_kind_check" CHECK ("ledger_tasks"."deadline_kind" in ('byDate', 'milestones', 'startThenOngoing', 'ongoing', 'superiorSchedule'))
);
--> statement-breakpoint
CREATE TABLE "monthly_report_versions" (
	"report_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"region_id" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"submitted_by" text NOT NULL,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "monthly_report_versions_report_id_number_pk" PRIMARY KEY("report_id","number")
);
--> statement-breakpoint
CREATE TABLE "monthly_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"period" text NOT NULL,
	"due_on" date NOT NULL,
	"state" text NOT NULL,
	"planned_percent" numeric(7, 4),
	"actual_percent" numeric(7, 4),
	"done_this_month" text DEFAULT '' NOT NULL,
	"next_month" text DEFAULT '' NOT NULL,
	"problems" text DEFAULT '' NOT NULL,
	"matters_to_settle" text DEFAULT '' NOT NULL,
	"spent_fen" bigint,
	"spent_total_fen" bigint,
	"light" text,
	"light_reasons" jsonb,
	"filled_by" text,
	"signed_by" text,
	"first_submitted_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "monthly_reports_key" UNIQUE("project_id","period"),
	CONSTRAINT "monthly_reports_light_check" CHECK ("monthly_reports"."light" in ('green', 'yellow', 'red'))
);
--> statement-breakpoint
CREATE TABLE "reported_milestones" (
	"report_id" uuid NOT NULL,
	"milestone_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"completed_on" date NOT NULL,
	"evidence" text NOT NULL,
	CONSTRAINT "reported_milestones_report_id_milestone_id_pk" PRIMARY KEY("report_id","milestone_id")
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"file_id" uuid NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "attachments_kind_check" CHECK ("attachments"."kind" in ('application', 'buildingPlan', 'feasibility', 'fundingOpinion', 'minutes', 'evaluation', 'other'))
);
--> statement-breakpoint
CREATE TABLE "budget_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"category" text NOT NULL,
	"name" text NOT NULL,
	"quantity" numeric(14, 2) NOT NULL,
	"measure_unit" text NOT NULL,
	"unit_price_fen" bigint NOT NULL,
	"declared_fen" bigint NOT NULL,
	"reviewed_fen" bigint,
	"cut_reason" text,
	"reviewed_by" text,
	CONSTRAINT "budget_lines_category_check" CHECK ("budget_lines"."category" in ('software', 'hardware', 'cloud', 'securityTest', 'supervision', 'maintenance', 'other')),
	CONSTRAINT "budget_lines_declared_check" CHECK ("budget_lines"."declared_fen" >= 0),
	CONSTRAINT "budget_lines_reviewed_check" CHECK ("budget_lines"."reviewed_fen" between 0 and "budget_lines"."declared_fen")
);
--> statement-breakpoint
CREATE TABLE "common_components" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "expert_opinions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"expert_id" text NOT NULL,
	"avoids" boolean,
	"opinion" text,
	"invited_at" timestamp (3) with time zone NOT NULL,
	"given_at" timestamp (3) with time zone,
	CONSTRAINT "expert_opinions_expert_key" UNIQUE("project_id","expert_id")
);
--> statement-breakpoint
CREATE TABLE "funding_sources" (
	"project_id" uuid NOT NULL,
	"source" text NOT NULL,
	"region_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	CONSTRAINT "funding_sources_project_id_source_pk" PRIMARY KEY("project_id","source"),
	CONSTRAINT "funding_sources_source_check" CHECK ("funding_sources"."source" in ('cityBudget', 'superior', 'bond', 'own'))
);
--> statement-breakpoint
CREATE TABLE "milestones" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"planned_on" date NOT NULL,
	"cumulative_percent" integer NOT NULL,
	"completed_on" date,
	"evidence" text
);
--> statement-breakpoint
CREATE TABLE "performance_goals" (
	"project_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"region_id" uuid NOT NULL,
	"name" text NOT NULL,
	"operator" text NOT NULL,
	"target" text NOT NULL,
	"measure_unit" text NOT NULL,
	CONSTRAINT "performance_goals_project_id_position_pk" PRIMARY KEY("project_id","position"),
	CONSTRAINT "performance_goals_operator_check" CHECK ("performance_goals"."operator" in ('atLeast', 'atMost', 'equal', 'qualitative'))
);
--> statement-breakpoint
CREATE TABLE "project_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"reason_kind" text NOT NULL,
	"reason" text NOT NULL,
	"moved_fen" bigint NOT NULL,
	"estimate_fen" bigint NOT NULL,
	"route" text NOT NULL,
	"state" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project_components" (
	"project_id" uuid NOT NULL,
	"component_code" text NOT NULL,
	"region_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "project_components_project_id_component_code_pk" PRIMARY KEY("project_id","component_code")
);
--> statement-breakpoint
CREATE TABLE "project_sequences" (
	"region_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "project_sequences_region_id_year_pk" PRIMARY KEY("region_id","year")
);
--> statement-breakpoint
CREATE TABLE "project_submissions" (
	"project_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"region_id" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"digest" text NOT NULL,
	"submitted_by" text NOT NULL,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	"receipt_number" text NOT NULL,
	CONSTRAINT "project_submissions_project_id_round_pk" PRIMARY KEY("project_id","round"),
	CONSTRAINT "submissions_receipt_key" UNIQUE("region_id","receipt_number")
);
--> statement-breakpoint
CREATE TABLE "project_units" (
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"role" text NOT NULL,
	"mention" text NOT NULL,
	"unit_id" uuid,
	CONSTRAINT "project_units_project_id_mention_pk" PRIMARY KEY("project_id","mention")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"parent_id" uuid,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"normalized_name" text NOT NULL,
	"initials" text NOT NULL,
	"year" integer NOT NULL,
	"class" text,
	"nature" text,
	"field" text DEFAULT '' NOT NULL,
	"stage" text NOT NULL,
	"basis" text DEFAULT '' NOT NULL,
	"leader_name" text DEFAULT '' NOT NULL,
	"liaison_name" text DEFAULT '' NOT NULL,
	"liaison_phone" text DEFAULT '' NOT NULL,
	"need" text DEFAULT '' NOT NULL,
	"content" text DEFAULT '' NOT NULL,
	"planned_start_on" date,
	"planned_end_on" date,
	"secret" boolean,
	"mlps_level" integer,
	"hosting" text,
	"hosting_reason" text DEFAULT '' NOT NULL,
	"crypto_plan" text DEFAULT '' NOT NULL,
	"mlps_filing_number" text DEFAULT '' NOT NULL,
	"no_data_statement" text DEFAULT '' NOT NULL,
	"difference_statement" text DEFAULT '' NOT NULL,
	"declared_fen" bigint NOT NULL,
	"reviewed_fen" bigint,
	"approved_fen" bigint,
	"approved_on" date,
	"started_on" date,
	"completed_on" date,
	"accepted_on" date,
	"light" text DEFAULT 'green' NOT NULL,
	"light_reasons" jsonb NOT NULL,
	"light_as_of" date,
	"planned_percent" numeric(7, 4),
	"actual_percent" numeric(7, 4),
	"demonstration_figures" boolean DEFAULT false NOT NULL,
	"due_on" date,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "projects_code_key" UNIQUE("region_id","code"),
	CONSTRAINT "projects_stage_check" CHECK ("projects"."stage" in ('draft', 'submitted', 'underReview', 'returned', 'underFundingReview', 'approved', 'procurement', 'implementation', 'initialAccepted', 'trialRun', 'accepted', 'operation', 'evaluated', 'archived', 'rejected', 'withdrawn', 'suspended', 'terminated', 'lapsed')),
	CONSTRAINT "projects_class_check" CHECK ("projects"."class" in ('infrastructureCommon', 'infrastructureSpecial', 'softwarePlatform', 'softwareGeneral', 'softwareSpecial', 'maintenanceInfrastructure', 'maintenanceSoftware', 'businessOperation', 'thirdParty')),
	CONSTRAINT "projects_nature_check" CHECK ("projects"."nature" in ('new', 'rebuild', 'maintenance', 'service')),
	CONSTRAINT "projects_hosting_check" CHECK ("projects"."hosting" in ('governmentCloud', 'ownRoom', 'otherCloud', 'superiorCloud')),
	CONSTRAINT "projects_light_check" CHECK ("projects"."light" in ('green', 'yellow', 'red'))
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"round" integer NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"due_on" date NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"reviewer_id" text,
	"outcome" text,
	"opinion" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "reviews_round_key" UNIQUE("project_id","kind","round")
);
--> statement-breakpoint
CREATE TABLE "year_splits" (
	"project_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"region_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	CONSTRAINT "year_splits_project_id_year_pk" PRIMARY KEY("project_id","year")
);
--> statement-breakpoint
CREATE TABLE "regions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"parent_id" uuid,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"level" text NOT NULL,
	"path" text NOT NULL,
	"reporting_day" integer NOT NULL,
	CONSTRAINT "regions_code_unique" UNIQUE("code"),
	CONSTRAINT "regions_path_unique" UNIQUE("path"),
	CONSTRAINT "regions_level_check" CHECK ("regions"."level" in ('city', 'county', 'zone', 'town'))
);
--> statement-breakpoint
CREATE TABLE "supervision_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"number" text NOT NULL,
	"origin" text NOT NULL,
	"origin_id" uuid,
	"unit_id" uuid NOT NULL,
	"title" text NOT NULL,
	"requirement" text NOT NULL,
	"colour" text DEFAULT 'none' NOT NULL,
	"state" text NOT NULL,
	"registered_on" date NOT NULL,
	"due_on" date NOT NULL,
	"reply" text,
	"replied_at" timestamp (3) with time zone,
	"verified_by" text,
	"closed_at" timestamp (3) with time zone,
	"reopened_count" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "supervision_items_number_key" UNIQUE("region_id","number"),
	CONSTRAINT "supervision_items_origin_check" CHECK ("supervision_items"."origin" in ('bulletin', 'instruction', 'ledger', 'manual')),
	CONSTRAINT "supervision_items_state_check" CHECK ("supervision_items"."state" in ('registered', 'assigned', 'accepted', 'replied', 'verified', 'closed')),
	CONSTRAINT "supervision_items_colour_check" CHECK ("supervision_items"."colour" in ('none', 'blue', 'orange', 'red'))
);
--> statement-breakpoint
CREATE TABLE "supervision_sequences" (
	"region_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "supervision_sequences_region_id_year_pk" PRIMARY KEY("region_id","year")
);
--> statement-breakpoint
CREATE TABLE "cloud_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"name" text NOT NULL,
	"target_on" date NOT NULL,
	CONSTRAINT "cloud_batches_name_key" UNIQUE("region_id","name")
);
--> statement-breakpoint
CREATE TABLE "cloud_steps" (
	"system_id" uuid NOT NULL,
	"step" text NOT NULL,
	"region_id" uuid NOT NULL,
	"completed_on" date NOT NULL,
	"evidence" text NOT NULL,
	"evidence_file_id" uuid,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cloud_steps_system_id_step_pk" PRIMARY KEY("system_id","step"),
	CONSTRAINT "cloud_steps_step_check" CHECK ("cloud_steps"."step" in ('方案编制', '资源申请', '审核备案', '资源开通', '系统部署', '安全检测', '服务开通'))
);
--> statement-breakpoint
CREATE TABLE "matter_materials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"matter_id" uuid NOT NULL,
	"name" text NOT NULL,
	"resource_id" uuid
);
--> statement-breakpoint
CREATE TABLE "service_matters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"system_id" uuid,
	"code" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "service_matters_code_key" UNIQUE("region_id","code")
);
--> statement-breakpoint
CREATE TABLE "systems" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"operator_unit_id" uuid,
	"project_id" uuid,
	"batch_id" uuid,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"initials" text NOT NULL,
	"ownership" text NOT NULL,
	"mlps_level" integer,
	"secret" boolean DEFAULT false NOT NULL,
	"hosting" text NOT NULL,
	"backed_up" boolean DEFAULT false NOT NULL,
	"in_use" boolean DEFAULT true NOT NULL,
	"out_of_scope_reason" text,
	"registered_on" date NOT NULL,
	"retired_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "systems_code_key" UNIQUE("region_id","code"),
	CONSTRAINT "systems_ownership_check" CHECK ("systems"."ownership" in ('national', 'provincial', 'own')),
	CONSTRAINT "systems_hosting_check" CHECK ("systems"."hosting" in ('governmentCloud', 'ownRoom', 'otherCloud', 'superiorCloud'))
);
--> statement-breakpoint
ALTER TABLE "assessment_periods" ADD CONSTRAINT "assessment_periods_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assessment_periods" ADD CONSTRAINT "assessment_periods_scheme_id_schemes_id_fk" FOREIGN KEY ("scheme_id") REFERENCES "public"."schemes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_fact_rows" ADD CONSTRAINT "frozen_fact_rows_period_id_assessment_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."assessment_periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_fact_rows" ADD CONSTRAINT "frozen_fact_rows_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_facts" ADD CONSTRAINT "frozen_facts_period_id_assessment_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."assessment_periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_facts" ADD CONSTRAINT "frozen_facts_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "manual_scores" ADD CONSTRAINT "manual_scores_period_id_assessment_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."assessment_periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "manual_scores" ADD CONSTRAINT "manual_scores_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_period_id_assessment_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."assessment_periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objections" ADD CONSTRAINT "objections_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schemes" ADD CONSTRAINT "schemes_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_sheets" ADD CONSTRAINT "score_sheets_period_id_assessment_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."assessment_periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_sheets" ADD CONSTRAINT "score_sheets_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_sheets" ADD CONSTRAINT "score_sheets_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletin_sequences" ADD CONSTRAINT "bulletin_sequences_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_period_id_assessment_periods_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."assessment_periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulletins" ADD CONSTRAINT "bulletins_pdf_file_id_files_id_fk" FOREIGN KEY ("pdf_file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instructions" ADD CONSTRAINT "instructions_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instructions" ADD CONSTRAINT "instructions_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_receipts" ADD CONSTRAINT "read_receipts_bulletin_id_bulletins_id_fk" FOREIGN KEY ("bulletin_id") REFERENCES "public"."bulletins"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "read_receipts" ADD CONSTRAINT "read_receipts_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog_sequences" ADD CONSTRAINT "catalog_sequences_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demands" ADD CONSTRAINT "demands_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demands" ADD CONSTRAINT "demands_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demands" ADD CONSTRAINT "demands_provider_unit_id_units_id_fk" FOREIGN KEY ("provider_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demands" ADD CONSTRAINT "demands_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_items" ADD CONSTRAINT "resource_items_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_items" ADD CONSTRAINT "resource_items_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_category_code_catalog_categories_code_fk" FOREIGN KEY ("category_code") REFERENCES "public"."catalog_categories"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sharing_points" ADD CONSTRAINT "sharing_points_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD CONSTRAINT "gate_exemptions_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD CONSTRAINT "gate_exemptions_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_incidents" ADD CONSTRAINT "security_incidents_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_incidents" ADD CONSTRAINT "security_incidents_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_tests" ADD CONSTRAINT "security_tests_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "security_tests" ADD CONSTRAINT "security_tests_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "arrivals" ADD CONSTRAINT "arrivals_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "arrivals" ADD CONSTRAINT "arrivals_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_operator_unit_id_units_id_fk" FOREIGN KEY ("operator_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_collection_members" ADD CONSTRAINT "unit_collection_members_collection_id_unit_collections_id_fk" FOREIGN KEY ("collection_id") REFERENCES "public"."unit_collections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_collection_members" ADD CONSTRAINT "unit_collection_members_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_collections" ADD CONSTRAINT "unit_collections_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_names" ADD CONSTRAINT "unit_names_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "units" ADD CONSTRAINT "units_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_roles" ADD CONSTRAINT "user_roles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "domain_events" ADD CONSTRAINT "domain_events_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_batches" ADD CONSTRAINT "import_batches_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_task_units" ADD CONSTRAINT "ledger_task_units_task_id_ledger_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."ledger_tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_task_units" ADD CONSTRAINT "ledger_task_units_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_task_units" ADD CONSTRAINT "ledger_task_units_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_tasks" ADD CONSTRAINT "ledger_tasks_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monthly_report_versions" ADD CONSTRAINT "monthly_report_versions_report_id_monthly_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."monthly_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monthly_report_versions" ADD CONSTRAINT "monthly_report_versions_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monthly_reports" ADD CONSTRAINT "monthly_reports_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monthly_reports" ADD CONSTRAINT "monthly_reports_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monthly_reports" ADD CONSTRAINT "monthly_reports_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reported_milestones" ADD CONSTRAINT "reported_milestones_report_id_monthly_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."monthly_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reported_milestones" ADD CONSTRAINT "reported_milestones_milestone_id_milestones_id_fk" FOREIGN KEY ("milestone_id") REFERENCES "public"."milestones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reported_milestones" ADD CONSTRAINT "reported_milestones_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_lines" ADD CONSTRAINT "budget_lines_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_lines" ADD CONSTRAINT "budget_lines_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD CONSTRAINT "expert_opinions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD CONSTRAINT "expert_opinions_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "funding_sources" ADD CONSTRAINT "funding_sources_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "funding_sources" ADD CONSTRAINT "funding_sources_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "performance_goals" ADD CONSTRAINT "performance_goals_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "performance_goals" ADD CONSTRAINT "performance_goals_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_changes" ADD CONSTRAINT "project_changes_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_changes" ADD CONSTRAINT "project_changes_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_components" ADD CONSTRAINT "project_components_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_components" ADD CONSTRAINT "project_components_component_code_common_components_code_fk" FOREIGN KEY ("component_code") REFERENCES "public"."common_components"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_components" ADD CONSTRAINT "project_components_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_sequences" ADD CONSTRAINT "project_sequences_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_submissions" ADD CONSTRAINT "project_submissions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_submissions" ADD CONSTRAINT "project_submissions_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_units" ADD CONSTRAINT "project_units_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_units" ADD CONSTRAINT "project_units_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_units" ADD CONSTRAINT "project_units_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "year_splits" ADD CONSTRAINT "year_splits_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "year_splits" ADD CONSTRAINT "year_splits_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_items" ADD CONSTRAINT "supervision_items_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_items" ADD CONSTRAINT "supervision_items_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_sequences" ADD CONSTRAINT "supervision_sequences_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cloud_batches" ADD CONSTRAINT "cloud_batches_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cloud_steps" ADD CONSTRAINT "cloud_steps_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cloud_steps" ADD CONSTRAINT "cloud_steps_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matter_materials" ADD CONSTRAINT "matter_materials_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matter_materials" ADD CONSTRAINT "matter_materials_matter_id_service_matters_id_fk" FOREIGN KEY ("matter_id") REFERENCES "public"."service_matters"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_matters" ADD CONSTRAINT "service_matters_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_matters" ADD CONSTRAINT "service_matters_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "systems" ADD CONSTRAINT "systems_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "systems" ADD CONSTRAINT "systems_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "systems" ADD CONSTRAINT "systems_operator_unit_id_units_id_fk" FOREIGN KEY ("operator_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "systems" ADD CONSTRAINT "systems_batch_id_cloud_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."cloud_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "objections_period_idx" ON "objections" USING btree ("period_id","unit_id");--> statement-breakpoint
CREATE INDEX "score_sheets_ranking_idx" ON "score_sheets" USING btree ("period_id","group","place");--> statement-breakpoint
CREATE INDEX "score_sheets_unit_idx" ON "score_sheets" USING btree ("unit_id","period_id");--> statement-breakpoint
CREATE INDEX "bulletins_list_idx" ON "bulletins" USING btree ("region_id","state","published_at");--> statement-breakpoint
CREATE INDEX "instructions_bulletin_idx" ON "instructions" USING btree ("bulletin_id");--> statement-breakpoint
CREATE INDEX "corrections_resource_idx" ON "corrections" USING btree ("resource_id");--> statement-breakpoint
CREATE INDEX "demands_unit_idx" ON "demands" USING btree ("region_id","unit_id","state");--> statement-breakpoint
CREATE INDEX "demands_provider_idx" ON "demands" USING btree ("provider_unit_id","state");--> statement-breakpoint
CREATE INDEX "demands_project_idx" ON "demands" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "resources_unit_idx" ON "resources" USING btree ("region_id","unit_id","state");--> statement-breakpoint
CREATE INDEX "resources_project_idx" ON "resources" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "sharing_points_unit_idx" ON "sharing_points" USING btree ("region_id","unit_id","at");--> statement-breakpoint
CREATE INDEX "gate_exemptions_unit_idx" ON "gate_exemptions" USING btree ("unit_id","until_on");--> statement-breakpoint
CREATE INDEX "sanctions_unit_idx" ON "sanctions" USING btree ("unit_id","lifted_on");--> statement-breakpoint
CREATE INDEX "security_incidents_unit_idx" ON "security_incidents" USING btree ("unit_id","happened_on");--> statement-breakpoint
CREATE INDEX "security_tests_system_idx" ON "security_tests" USING btree ("system_id","kind","valid_until");--> statement-breakpoint
CREATE INDEX "arrivals_project_idx" ON "arrivals" USING btree ("project_id","arrived_on");--> statement-breakpoint
CREATE INDEX "contracts_project_idx" ON "contracts" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "payments_project_idx" ON "payments" USING btree ("project_id","paid_on");--> statement-breakpoint
CREATE INDEX "login_failures_username_idx" ON "login_failures" USING btree ("username","at");--> statement-breakpoint
CREATE INDEX "login_failures_address_idx" ON "login_failures" USING btree ("address","at");--> statement-breakpoint
CREATE INDEX "sessions_user_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "units_region_idx" ON "units" USING btree ("region_id","group","position");--> statement-breakpoint
CREATE INDEX "users_unit_idx" ON "users" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "messages_user_idx" ON "messages" USING btree ("user_id","read_at","created_at");--> statement-breakpoint
CREATE INDEX "audit_entries_object_idx" ON "audit_entries" USING btree ("object_type","object_id","sequence");--> statement-breakpoint
CREATE INDEX "audit_entries_actor_idx" ON "audit_entries" USING btree ("actor_id","sequence");--> statement-breakpoint
CREATE INDEX "domain_events_subject_idx" ON "domain_events" USING btree ("subject_type","subject_id","at");--> statement-breakpoint
CREATE INDEX "domain_events_actor_idx" ON "domain_events" USING btree ("actor_id","at");--> statement-breakpoint
CREATE INDEX "files_sha_idx" ON "files" USING btree ("region_id","sha256");--> statement-breakpoint
CREATE INDEX "outbox_due_idx" ON "outbox" USING btree ("done_at","next_attempt_at");--> statement-breakpoint
CREATE INDEX "ledger_task_units_unit_idx" ON "ledger_task_units" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "monthly_reports_period_idx" ON "monthly_reports" USING btree ("region_id","period","unit_id");--> statement-breakpoint
CREATE INDEX "monthly_reports_due_idx" ON "monthly_reports" USING btree ("first_submitted_at","due_on");--> statement-breakpoint
CREATE INDEX "attachments_project_idx" ON "attachments" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "budget_lines_project_idx" ON "budget_lines" USING btree ("project_id","position");--> statement-breakpoint
CREATE INDEX "milestones_project_idx" ON "milestones" USING btree ("project_id","position");--> statement-breakpoint
CREATE INDEX "project_changes_project_idx" ON "project_changes" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "project_units_unit_idx" ON "project_units" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "projects_unit_idx" ON "projects" USING btree ("region_id","unit_id","stage");--> statement-breakpoint
CREATE INDEX "projects_list_idx" ON "projects" USING btree ("region_id","year","code");--> statement-breakpoint
CREATE INDEX "projects_stage_idx" ON "projects" USING btree ("stage","due_on");--> statement-breakpoint
CREATE INDEX "projects_name_trgm_idx" ON "projects" USING gin ("normalized_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "reviews_open_idx" ON "reviews" USING btree ("kind","closed_at");--> statement-breakpoint
CREATE INDEX "supervision_items_unit_idx" ON "supervision_items" USING btree ("region_id","unit_id","state");--> statement-breakpoint
CREATE INDEX "supervision_items_due_idx" ON "supervision_items" USING btree ("closed_at","due_on");--> statement-breakpoint
CREATE INDEX "cloud_steps_date_idx" ON "cloud_steps" USING btree ("region_id","step","completed_on");--> statement-breakpoint
CREATE INDEX "matter_materials_matter_idx" ON "matter_materials" USING btree ("matter_id");--> statement-breakpoint
CREATE INDEX "systems_unit_idx" ON "systems" USING btree ("region_id","unit_id");--> statement-breakpoint
CREATE INDEX "systems_project_idx" ON "systems" USING btree ("project_id");
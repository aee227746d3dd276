DELETE FROM "import_batches";--> statement-breakpoint
DELETE FROM "sharing_points";--> statement-breakpoint
DELETE FROM "corrections";--> statement-breakpoint
DELETE FROM "project_changes";--> statement-breakpoint
DELETE FROM "expert_opinions";--> statement-breakpoint
CREATE TABLE "basic_databases" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resource_relations" (
	"resource_id" uuid NOT NULL,
	"related_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	CONSTRAINT "resource_relations_resource_id_related_id_pk" PRIMARY KEY("resource_id","related_id")
);
--> statement-breakpoint
CREATE TABLE "resource_revisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resource_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"state" text NOT NULL,
	"edition" integer,
	"content" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"drafted_by" text NOT NULL,
	"drafted_at" timestamp (3) with time zone NOT NULL,
	"registered_by" text,
	"registered_at" timestamp (3) with time zone,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"declined_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "resource_revisions_edition_key" UNIQUE("resource_id","edition"),
	CONSTRAINT "resource_revisions_state_check" CHECK ("resource_revisions"."state" in ('draft', 'registered', 'published', 'declined', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE "resource_updates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resource_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"updated_on" date NOT NULL,
	"due_on" date,
	"rows" integer,
	"note" text DEFAULT '' NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resource_uses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"resource_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"user_unit_id" uuid NOT NULL,
	"demand_id" uuid,
	"basis" text NOT NULL,
	"used_on" date NOT NULL,
	"times" integer NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"from_user_id" text NOT NULL,
	"to_user_id" text NOT NULL,
	"role" text NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "delegations_role_check" CHECK ("delegations"."role" in ('filer', 'unitLead', 'bureauReviewer', 'bureauAssessor', 'financeReviewer', 'expert', 'operator', 'leader', 'auditor', 'systemAdmin', 'securityAdmin', 'auditAdmin'))
);
--> statement-breakpoint
CREATE TABLE "expert_profiles" (
	"user_id" text PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"specialty" text NOT NULL,
	"employer" text NOT NULL,
	"title" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"batch_id" uuid NOT NULL,
	"row_number" integer NOT NULL,
	"region_id" uuid NOT NULL,
	"good" boolean NOT NULL,
	"input" jsonb,
	"cells" text[] NOT NULL,
	"problems" jsonb NOT NULL,
	CONSTRAINT "import_rows_batch_id_row_number_pk" PRIMARY KEY("batch_id","row_number")
);
--> statement-breakpoint
CREATE TABLE "expert_panels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"state" text NOT NULL,
	"questions" text DEFAULT '' NOT NULL,
	"convened_by" text NOT NULL,
	"convened_at" timestamp (3) with time zone NOT NULL,
	"due_on" date NOT NULL,
	"proposed_verdict" text,
	"verdict" text,
	"deviation_reason" text,
	"summary" text,
	"concluded_by" text,
	"concluded_at" timestamp (3) with time zone,
	"cancel_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "expert_panels_state_check" CHECK ("expert_panels"."state" in ('open', 'concluded', 'cancelled')),
	CONSTRAINT "expert_panels_verdict_check" CHECK ("expert_panels"."verdict" in ('agree', 'agreeWithChanges', 'disagree'))
);
--> statement-breakpoint
ALTER TABLE "resources" DROP CONSTRAINT "resources_unit_name_key";--> statement-breakpoint
ALTER TABLE "expert_opinions" DROP CONSTRAINT "expert_opinions_expert_key";--> statement-breakpoint
ALTER TABLE "demands" DROP CONSTRAINT "demands_state_check";--> statement-breakpoint
ALTER TABLE "attachments" DROP CONSTRAINT "attachments_kind_check";--> statement-breakpoint
DROP INDEX "project_changes_project_idx";--> statement-breakpoint
DROP INDEX "projects_name_trgm_idx";--> statement-breakpoint
DROP INDEX "corrections_resource_idx";--> statement-breakpoint
DROP INDEX "sharing_points_unit_idx";--> statement-breakpoint
ALTER TABLE "corrections" ALTER COLUMN "due_on" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "project_changes" ALTER COLUMN "route" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "demand_id" uuid;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "item" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "state" text NOT NULL;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "reported_by" text NOT NULL;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "confirmed_by" text;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "rejected_reason" text;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "fixed_by" text;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "fix_note" text;--> statement-breakpoint
ALTER TABLE "corrections" ADD COLUMN "closed_by" text;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "items" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "expected_source" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "used_from_on" date;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "used_until_on" date;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "safety" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "drafted_by" text;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "reviewed_by" text;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "reviewed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "check_due_on" date;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "checked_by" text;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "return_reason" text;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "answered_by" text;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "refusal_basis" text;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "overruled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "delivered_by" text;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "delivery_note" text;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "rating_comment" text;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "rated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "demands" ADD COLUMN "ended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "search_grams" text[];--> statement-breakpoint
UPDATE "resources" SET "search_grams" = array(select distinct substr(t, i, 2) from unnest(array[lower(regexp_replace(coalesce("name", ''), '[^[:alnum:]]', '', 'g')), lower(regexp_replace(coalesce("code", ''), '[^[:alnum:]]', '', 'g')), lower(regexp_replace(coalesce("initials", ''), '[^[:alnum:]]', '', 'g'))]) t, generate_series(1, length(t) - 1) i);--> statement-breakpoint
ALTER TABLE "resources" ALTER COLUMN "search_grams" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "format_type" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "basic_database_code" text;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "drafted_by" text;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "next_update_due_on" date;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "edition" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "state_reason" text;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "state_changed_on" date;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "requested_step" text;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "request_reason" text;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "requested_by" text;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "requested_on" date;--> statement-breakpoint
ALTER TABLE "sharing_points" ADD COLUMN "subject_type" text NOT NULL;--> statement-breakpoint
ALTER TABLE "sharing_points" ADD COLUMN "key" text NOT NULL;--> statement-breakpoint
ALTER TABLE "sharing_points" ADD COLUMN "rule_code" text NOT NULL;--> statement-breakpoint
ALTER TABLE "sharing_points" ADD COLUMN "rule_from" date NOT NULL;--> statement-breakpoint
ALTER TABLE "sharing_points" ADD COLUMN "on" date NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "occasion" text;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "file_id" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "state" text NOT NULL;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "mapping" jsonb;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "total_rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "good_rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "bad_rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "done_rows" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "failure" jsonb;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "finished_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "import_batches" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "rule_figures" DROP CONSTRAINT "rule_figures_code_in_force_from_pk";--> statement-breakpoint
ALTER TABLE "rule_figures" ADD COLUMN "id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "rule_figures" ALTER COLUMN "id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "rule_figures" ADD COLUMN "entered_by" text;--> statement-breakpoint
ALTER TABLE "rule_figures" ADD COLUMN "entered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "rule_figures" ADD COLUMN "note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "rule_figures" ADD COLUMN "withdrawn_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD COLUMN "panel_id" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD COLUMN "avoid_reason" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD COLUMN "declared_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD COLUMN "marks" jsonb;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD COLUMN "verdict" text;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD COLUMN "released_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD COLUMN "release_reason" text;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD COLUMN "replaces_id" uuid;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "number" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "content" text NOT NULL;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "new_estimate_fen" bigint NOT NULL;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "feasibility_fen" bigint;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "planned_end_on" date;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "new_planned_end_on" date;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "must_be_reported" boolean;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "checks" jsonb;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "signed_by" text;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "signed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "due_on" date;--> statement-breakpoint
ALTER TABLE "project_changes" ADD COLUMN "opinion" text;--> statement-breakpoint
ALTER TABLE "project_submissions" ADD COLUMN "similar" jsonb;--> statement-breakpoint
UPDATE "project_submissions" SET "similar" = '[]'::jsonb;--> statement-breakpoint
ALTER TABLE "project_submissions" ALTER COLUMN "similar" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "copied_from_id" uuid;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "compared_name" text;--> statement-breakpoint
UPDATE "projects" SET "compared_name" = coalesce((select string_agg(substr(t, i, 2), ' ' order by i) from (select lower(regexp_replace("name", '[^[:alnum:]]', '', 'g')) as t) x, generate_series(1, greatest(length(t) - 1, 1)) i), '');--> statement-breakpoint
ALTER TABLE "projects" ALTER COLUMN "compared_name" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "compared_content" text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE "projects" SET "compared_content" = lower(regexp_replace("need" || "content", '[^[:alnum:]]', '', 'g'));--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "search_grams" text[];--> statement-breakpoint
UPDATE "projects" SET "search_grams" = array(select distinct substr(t, i, 2) from unnest(array[lower(regexp_replace(coalesce("name", ''), '[^[:alnum:]]', '', 'g')), lower(regexp_replace(coalesce("code", ''), '[^[:alnum:]]', '', 'g')), lower(regexp_replace(coalesce("initials", ''), '[^[:alnum:]]', '', 'g'))]) t, generate_series(1, length(t) - 1) i);--> statement-breakpoint
ALTER TABLE "projects" ALTER COLUMN "search_grams" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "feasibility_fen" bigint;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "shortcut" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "shortcut_basis" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "suspended_from" text;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "late_workdays" integer;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "checks" text[];--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "compared_name" text;--> statement-breakpoint
UPDATE "systems" SET "compared_name" = coalesce((select string_agg(substr(t, i, 2), ' ' order by i) from (select lower(regexp_replace("name", '[^[:alnum:]]', '', 'g')) as t) x, generate_series(1, greatest(length(t) - 1, 1)) i), '');--> statement-breakpoint
ALTER TABLE "systems" ALTER COLUMN "compared_name" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "resource_relations" ADD CONSTRAINT "resource_relations_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_relations" ADD CONSTRAINT "resource_relations_related_id_resources_id_fk" FOREIGN KEY ("related_id") REFERENCES "public"."resources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_relations" ADD CONSTRAINT "resource_relations_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_revisions" ADD CONSTRAINT "resource_revisions_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_revisions" ADD CONSTRAINT "resource_revisions_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_updates" ADD CONSTRAINT "resource_updates_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_updates" ADD CONSTRAINT "resource_updates_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_uses" ADD CONSTRAINT "resource_uses_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_uses" ADD CONSTRAINT "resource_uses_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_uses" ADD CONSTRAINT "resource_uses_user_unit_id_units_id_fk" FOREIGN KEY ("user_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_from_user_id_users_id_fk" FOREIGN KEY ("from_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_to_user_id_users_id_fk" FOREIGN KEY ("to_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_profiles" ADD CONSTRAINT "expert_profiles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_profiles" ADD CONSTRAINT "expert_profiles_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_batch_id_import_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."import_batches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_panels" ADD CONSTRAINT "expert_panels_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_panels" ADD CONSTRAINT "expert_panels_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "resource_relations_back_idx" ON "resource_relations" USING btree ("related_id");--> statement-breakpoint
CREATE UNIQUE INDEX "resource_revisions_open_key" ON "resource_revisions" USING btree ("resource_id") WHERE "resource_revisions"."state" in ('draft', 'registered');--> statement-breakpoint
CREATE INDEX "resource_revisions_state_idx" ON "resource_revisions" USING btree ("region_id","state");--> statement-breakpoint
CREATE INDEX "resource_updates_resource_idx" ON "resource_updates" USING btree ("resource_id","updated_on");--> statement-breakpoint
CREATE INDEX "resource_uses_resource_idx" ON "resource_uses" USING btree ("resource_id","used_on");--> statement-breakpoint
CREATE INDEX "resource_uses_user_idx" ON "resource_uses" USING btree ("user_unit_id","used_on");--> statement-breakpoint
CREATE INDEX "delegations_to_idx" ON "delegations" USING btree ("to_user_id","until_on");--> statement-breakpoint
CREATE INDEX "delegations_from_idx" ON "delegations" USING btree ("from_user_id","until_on");--> statement-breakpoint
CREATE INDEX "import_rows_good_idx" ON "import_rows" USING btree ("batch_id","good");--> statement-breakpoint
CREATE UNIQUE INDEX "expert_panels_open_key" ON "expert_panels" USING btree ("project_id") WHERE "expert_panels"."state" = 'open';--> statement-breakpoint
CREATE INDEX "expert_panels_project_idx" ON "expert_panels" USING btree ("project_id");--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_basic_database_code_basic_databases_code_fk" FOREIGN KEY ("basic_database_code") REFERENCES "public"."basic_databases"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_batches" ADD CONSTRAINT "import_batches_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD CONSTRAINT "expert_opinions_panel_id_expert_panels_id_fk" FOREIGN KEY ("panel_id") REFERENCES "public"."expert_panels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_changes" ADD CONSTRAINT "project_changes_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "corrections_reporter_idx" ON "corrections" USING btree ("region_id","reporter_unit_id");--> statement-breakpoint
CREATE INDEX "demands_resource_idx" ON "demands" USING btree ("resource_id");--> statement-breakpoint
CREATE INDEX "resource_items_name_idx" ON "resource_items" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "resources_unit_name_key" ON "resources" USING btree ("region_id","unit_id","normalized_name") WHERE "resources"."state" <> 'withdrawn';--> statement-breakpoint
CREATE INDEX "resources_list_idx" ON "resources" USING btree ("region_id","state","code");--> statement-breakpoint
CREATE INDEX "resources_order_idx" ON "resources" USING btree ("code" NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "resources_requested_idx" ON "resources" USING btree ("region_id") WHERE "resources"."requested_step" is not null;--> statement-breakpoint
CREATE INDEX "resources_update_due_idx" ON "resources" USING btree ("state","next_update_due_on");--> statement-breakpoint
CREATE INDEX "resources_search_idx" ON "resources" USING gin ("search_grams");--> statement-breakpoint
CREATE INDEX "resources_name_trgm_idx" ON "resources" USING gin ("normalized_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "import_batches_creator_idx" ON "import_batches" USING btree ("created_by","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "rule_figures_in_force_key" ON "rule_figures" USING btree ("code","in_force_from") WHERE "rule_figures"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "expert_opinions_expert_idx" ON "expert_opinions" USING btree ("expert_id","given_at");--> statement-breakpoint
CREATE INDEX "expert_opinions_project_idx" ON "expert_opinions" USING btree ("project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "project_changes_open_key" ON "project_changes" USING btree ("project_id") WHERE "project_changes"."state" in ('draft', 'signing', 'open');--> statement-breakpoint
CREATE INDEX "project_changes_list_idx" ON "project_changes" USING btree ("region_id","requested_at");--> statement-breakpoint
CREATE INDEX "projects_code_order_idx" ON "projects" USING btree ("code","id");--> statement-breakpoint
CREATE INDEX "projects_name_order_idx" ON "projects" USING btree ("name" collate "zh-Hans-CN-x-icu","id");--> statement-breakpoint
CREATE INDEX "projects_declared_order_idx" ON "projects" USING btree ("declared_fen","id");--> statement-breakpoint
CREATE INDEX "projects_updated_order_idx" ON "projects" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "projects_parent_idx" ON "projects" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "projects_search_idx" ON "projects" USING gin ("search_grams");--> statement-breakpoint
CREATE INDEX "projects_compared_name_trgm_idx" ON "projects" USING gin ("compared_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "projects_compared_content_trgm_idx" ON "projects" USING gin ("compared_content" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "reviews_region_idx" ON "reviews" USING btree ("region_id","opened_at");--> statement-breakpoint
CREATE INDEX "systems_compared_name_trgm_idx" ON "systems" USING gin ("compared_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "corrections_resource_idx" ON "corrections" USING btree ("resource_id","state");--> statement-breakpoint
CREATE INDEX "sharing_points_unit_idx" ON "sharing_points" USING btree ("region_id","unit_id","on");--> statement-breakpoint
ALTER TABLE "import_batches" DROP COLUMN "preview";--> statement-breakpoint
ALTER TABLE "sharing_points" ADD CONSTRAINT "sharing_points_key" UNIQUE("region_id","key");--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_occasion_key" UNIQUE("user_id","occasion");--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD CONSTRAINT "expert_opinions_seat_key" UNIQUE("replaces_id");--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD CONSTRAINT "expert_opinions_expert_key" UNIQUE("panel_id","expert_id");--> statement-breakpoint
ALTER TABLE "project_changes" ADD CONSTRAINT "project_changes_number_key" UNIQUE("project_id","number");--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_state_check" CHECK ("corrections"."state" in ('reported', 'confirmed', 'rejected', 'fixed', 'closed'));--> statement-breakpoint
ALTER TABLE "demands" ADD CONSTRAINT "demands_state_check" CHECK ("demands"."state" in ('applied', 'unitReviewed', 'returned', 'checked', 'agreed', 'refused', 'delivered', 'ended', 'withdrawn'));--> statement-breakpoint
ALTER TABLE "resource_items" ADD CONSTRAINT "resource_items_data_type_check" CHECK ("resource_items"."data_type" in ('字符型', '数值型', '货币型', '日期型', '日期时间型', '逻辑型', '备注型', '通用型', '双精度型', '整型', '浮点型'));--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_requested_step_check" CHECK ("resources"."requested_step" in ('suspend', 'resume', 'withdraw'));--> statement-breakpoint
ALTER TABLE "sharing_points" ADD CONSTRAINT "sharing_points_kind_check" CHECK ("sharing_points"."kind" in ('published', 'updatedOnTime', 'demandMetInTime', 'used', 'stale', 'refusedWithoutBasis', 'errorConfirmed'));--> statement-breakpoint
ALTER TABLE "import_batches" ADD CONSTRAINT "import_batches_state_check" CHECK ("import_batches"."state" in ('uploaded', 'reading', 'mapping', 'previewed', 'importing', 'imported', 'failed', 'discarded'));--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_kind_check" CHECK ("attachments"."kind" in ('application', 'buildingPlan', 'feasibility', 'fundingOpinion', 'minutes', 'basis', 'evaluation', 'other'));--> statement-breakpoint
ALTER TABLE "expert_opinions" ADD CONSTRAINT "expert_opinions_verdict_check" CHECK ("expert_opinions"."verdict" in ('agree', 'agreeWithChanges', 'disagree'));--> statement-breakpoint
ALTER TABLE "project_changes" ADD CONSTRAINT "project_changes_state_check" CHECK ("project_changes"."state" in ('draft', 'signing', 'open', 'accepted', 'refused', 'withdrawn'));--> statement-breakpoint
ALTER TABLE "project_changes" ADD CONSTRAINT "project_changes_route_check" CHECK ("project_changes"."route" in ('filed', 'approval'));--> statement-breakpoint
ALTER TABLE "project_changes" ADD CONSTRAINT "project_changes_reason_check" CHECK ("project_changes"."reason_kind" in ('superiorOrder', 'technicalOptimisation', 'businessGrowth', 'other'));--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_shortcut_check" CHECK ("projects"."shortcut" in ('approvedPlan', 'urgentOrder'));
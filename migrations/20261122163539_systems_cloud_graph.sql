CREATE TABLE "cloud_blocks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"system_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"step" text NOT NULL,
	"reason" text NOT NULL,
	"detail" text NOT NULL,
	"since_on" date NOT NULL,
	"cleared_on" date,
	"cleared_note" text,
	"reported_by" text NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"cleared_by" text,
	CONSTRAINT "cloud_blocks_step_check" CHECK ("cloud_blocks"."step" in ('方案编制', '资源申请', '审核备案', '资源开通', '系统部署', '安全检测', '服务开通')),
	CONSTRAINT "cloud_blocks_reason_check" CHECK ("cloud_blocks"."reason" in ('planUnsettled', 'fundsMissing', 'resourcesShort', 'rebuildNeeded', 'vendorDelay', 'networkOrPorts', 'securityTestFailed', 'other'))
);--> statement-breakpoint
CREATE TABLE "cloud_resources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"system_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"stage" text NOT NULL,
	"amount" integer NOT NULL,
	"as_of" date NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "cloud_resources_day_key" UNIQUE("system_id","kind","stage","as_of"),
	CONSTRAINT "cloud_resources_kind_check" CHECK ("cloud_resources"."kind" in ('vcpu', 'memory', 'storage')),
	CONSTRAINT "cloud_resources_stage_check" CHECK ("cloud_resources"."stage" in ('applied', 'opened', 'used')),
	CONSTRAINT "cloud_resources_amount_check" CHECK ("cloud_resources"."amount" >= 0)
);--> statement-breakpoint
CREATE TABLE "cloud_standings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"system_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"batch_id" uuid,
	"scope" text NOT NULL,
	"reason" text,
	"managed" boolean DEFAULT false NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	"decision_id" uuid,
	CONSTRAINT "cloud_standings_from_key" UNIQUE("system_id","from_on"),
	CONSTRAINT "cloud_standings_scope_check" CHECK ("cloud_standings"."scope" in ('in', 'out', 'special')),
	CONSTRAINT "cloud_standings_reason_check" CHECK ("cloud_standings"."reason" in ('verticalSystem', 'exemptUnit', 'secretSystem', 'highLevel', 'professional', 'strictSecurity', 'largeVolume')),
	CONSTRAINT "cloud_standings_reason_given_check" CHECK (("cloud_standings"."scope" = 'in') = ("cloud_standings"."reason" is null)),
	CONSTRAINT "cloud_standings_span_check" CHECK ("cloud_standings"."to_on" is null or "cloud_standings"."to_on" > "cloud_standings"."from_on")
);--> statement-breakpoint
CREATE TABLE "scope_decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"system_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"state" text NOT NULL,
	"scope" text NOT NULL,
	"reason" text,
	"managed" boolean DEFAULT false NOT NULL,
	"facts" jsonb NOT NULL,
	"explanation" text DEFAULT '' NOT NULL,
	"file_id" uuid,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"opinion" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "scope_decisions_state_check" CHECK ("scope_decisions"."state" in ('proposed', 'confirmed', 'declined', 'withdrawn')),
	CONSTRAINT "scope_decisions_scope_check" CHECK ("scope_decisions"."scope" in ('in', 'out', 'special')),
	CONSTRAINT "scope_decisions_reason_check" CHECK ("scope_decisions"."reason" in ('verticalSystem', 'exemptUnit', 'secretSystem', 'highLevel', 'professional', 'strictSecurity', 'largeVolume'))
);--> statement-breakpoint
CREATE TABLE "intake_rows" (
	"sheet_id" uuid NOT NULL,
	"row_number" integer NOT NULL,
	"region_id" uuid NOT NULL,
	"values" jsonb NOT NULL,
	"outcome" text NOT NULL,
	"label" text NOT NULL,
	"changes" jsonb NOT NULL,
	"problems" jsonb NOT NULL,
	CONSTRAINT "intake_rows_sheet_id_row_number_pk" PRIMARY KEY("sheet_id","row_number"),
	CONSTRAINT "intake_rows_outcome_check" CHECK ("intake_rows"."outcome" in ('add', 'change', 'same', 'problem'))
);--> statement-breakpoint
CREATE TABLE "intake_sheets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"file_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"state" text NOT NULL,
	"total_rows" integer NOT NULL,
	"applied_rows" integer DEFAULT 0 NOT NULL,
	"uploaded_by" text NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	"applied_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "intake_sheets_state_check" CHECK ("intake_sheets"."state" in ('read', 'applied', 'discarded'))
);--> statement-breakpoint
CREATE TABLE "material_proofs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"material_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"item_name" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"linked_by" text NOT NULL,
	"linked_at" timestamp (3) with time zone NOT NULL
);--> statement-breakpoint
CREATE TABLE "materials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"initials" text DEFAULT '' NOT NULL,
	"kind" text DEFAULT 'other' NOT NULL,
	"issuer_unit_id" uuid,
	"issuer" text DEFAULT '' NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"updated_by" text,
	"updated_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "materials_code_key" UNIQUE("region_id","code"),
	CONSTRAINT "materials_kind_check" CHECK ("materials"."kind" in ('certificate', 'proof', 'form', 'report', 'other'))
);--> statement-breakpoint
CREATE TABLE "matter_systems" (
	"matter_id" uuid NOT NULL,
	"system_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	CONSTRAINT "matter_systems_matter_id_system_id_pk" PRIMARY KEY("matter_id","system_id")
);--> statement-breakpoint
CREATE TABLE "inventory_confirmations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"system_count" integer NOT NULL,
	"signed_list" jsonb NOT NULL,
	"statement" text DEFAULT '' NOT NULL,
	"confirmed_by" text NOT NULL,
	"confirmed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "inventory_confirmations_year_key" UNIQUE("unit_id","year")
);--> statement-breakpoint
ALTER TABLE "service_matters" DROP CONSTRAINT "service_matters_system_id_systems_id_fk";--> statement-breakpoint
ALTER TABLE "systems" DROP CONSTRAINT "systems_batch_id_cloud_batches_id_fk";--> statement-breakpoint
DROP INDEX "matter_materials_matter_idx";--> statement-breakpoint
ALTER TABLE "cloud_steps" DROP CONSTRAINT "cloud_steps_system_id_step_pk";--> statement-breakpoint
ALTER TABLE "security_tests" ADD COLUMN "agency" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "security_tests" ADD COLUMN "report_number" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "security_tests" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "security_tests" ADD COLUMN "state" text DEFAULT 'confirmed' NOT NULL;--> statement-breakpoint
ALTER TABLE "security_tests" ADD COLUMN "entered_by" text;--> statement-breakpoint
ALTER TABLE "security_tests" ADD COLUMN "entered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "security_tests" ADD COLUMN "confirmed_by" text;--> statement-breakpoint
ALTER TABLE "security_tests" ADD COLUMN "confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "security_tests" ADD COLUMN "state_reason" text;--> statement-breakpoint
ALTER TABLE "security_tests" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "common_components" ADD COLUMN "purpose" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "common_components" ADD COLUMN "access" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "common_components" ADD COLUMN "provider_unit_id" uuid;--> statement-breakpoint
ALTER TABLE "common_components" ADD COLUMN "available_from" date;--> statement-breakpoint
ALTER TABLE "common_components" ADD COLUMN "retired_on" date;--> statement-breakpoint
ALTER TABLE "common_components" ADD COLUMN "updated_by" text;--> statement-breakpoint
ALTER TABLE "common_components" ADD COLUMN "updated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "common_components" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "cloud_batches" ADD COLUMN "note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "cloud_batches" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "cloud_steps" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "cloud_steps" ALTER COLUMN "id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "cloud_steps" ADD PRIMARY KEY ("id");--> statement-breakpoint
ALTER TABLE "cloud_steps" ADD COLUMN "rolled_back_on" date;--> statement-breakpoint
ALTER TABLE "cloud_steps" ADD COLUMN "rolled_back_by" text;--> statement-breakpoint
ALTER TABLE "cloud_steps" ADD COLUMN "rolled_back_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "cloud_steps" ADD COLUMN "rollback_reason" text;--> statement-breakpoint
ALTER TABLE "matter_materials" ADD COLUMN "material_id" uuid;--> statement-breakpoint
ALTER TABLE "matter_materials" ADD COLUMN "required" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "service_matters" ADD COLUMN "initials" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "service_matters" ADD COLUMN "type" text DEFAULT 'publicService' NOT NULL;--> statement-breakpoint
ALTER TABLE "service_matters" ADD COLUMN "state" text DEFAULT 'inForce' NOT NULL;--> statement-breakpoint
ALTER TABLE "service_matters" ADD COLUMN "online" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "service_matters" ADD COLUMN "yearly_cases" integer;--> statement-breakpoint
ALTER TABLE "service_matters" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "service_matters" ADD COLUMN "updated_by" text;--> statement-breakpoint
ALTER TABLE "service_matters" ADD COLUMN "updated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "service_matters" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "purpose" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "state" text DEFAULT 'inUse' NOT NULL;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "mlps_filing_number" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "mlps_filed_on" date;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "location" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "builder" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "contact_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "contact_phone" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "launched_on" date;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "retire_reason" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "systems" ADD COLUMN "updated_at" timestamp (3) with time zone;--> statement-breakpoint
-- A system keeps what was known of it: counted or left out since it was registered, in the batch it stands in.
INSERT INTO "cloud_standings" ("id", "system_id", "region_id", "unit_id", "batch_id", "scope", "reason", "from_on")
SELECT gen_random_uuid(), "id", "region_id", "unit_id", "batch_id",
  CASE WHEN "out_of_scope_reason" IS NULL THEN 'in' ELSE 'out' END, "out_of_scope_reason", "registered_on" FROM "systems";--> statement-breakpoint
UPDATE "systems" SET "state" = CASE WHEN "retired_on" IS NOT NULL THEN 'retired' WHEN "in_use" THEN 'inUse' ELSE 'suspended' END;--> statement-breakpoint
INSERT INTO "matter_systems" ("matter_id", "system_id", "region_id")
SELECT "id", "system_id", "region_id" FROM "service_matters" WHERE "system_id" IS NOT NULL;--> statement-breakpoint
-- One paper is one material, however many matters ask for it.
INSERT INTO "materials" ("id", "region_id", "code", "name")
SELECT gen_random_uuid(), "region_id", 'CL-' || lpad((row_number() OVER (PARTITION BY "region_id" ORDER BY "name"))::text, 4, '0'), "name"
FROM (SELECT DISTINCT "region_id", "name" FROM "matter_materials") AS "papers";--> statement-breakpoint
UPDATE "matter_materials" SET "material_id" = "materials"."id" FROM "materials"
WHERE "materials"."region_id" = "matter_materials"."region_id" AND "materials"."name" = "matter_materials"."name";--> statement-breakpoint
INSERT INTO "material_proofs" ("id", "material_id", "resource_id", "region_id", "linked_by", "linked_at")
SELECT DISTINCT ON ("material_id", "resource_id") gen_random_uuid(), "material_id", "resource_id", "region_id", 'system', now()
FROM "matter_materials" WHERE "resource_id" IS NOT NULL;--> statement-breakpoint
DELETE FROM "matter_materials" AS "again" USING "matter_materials" AS "first"
WHERE "again"."matter_id" = "first"."matter_id" AND "again"."material_id" = "first"."material_id" AND "again"."id" > "first"."id";--> statement-breakpoint
ALTER TABLE "matter_materials" ALTER COLUMN "material_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "matter_materials" DROP COLUMN "id";--> statement-breakpoint
ALTER TABLE "matter_materials" DROP COLUMN "name";--> statement-breakpoint
ALTER TABLE "matter_materials" DROP COLUMN "resource_id";--> statement-breakpoint
ALTER TABLE "service_matters" DROP COLUMN "system_id";--> statement-breakpoint
ALTER TABLE "systems" DROP COLUMN "batch_id";--> statement-breakpoint
ALTER TABLE "systems" DROP COLUMN "in_use";--> statement-breakpoint
ALTER TABLE "systems" DROP COLUMN "out_of_scope_reason";--> statement-breakpoint
ALTER TABLE "matter_materials" ADD CONSTRAINT "matter_materials_matter_id_material_id_pk" PRIMARY KEY("matter_id","material_id");--> statement-breakpoint
ALTER TABLE "cloud_blocks" ADD CONSTRAINT "cloud_blocks_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cloud_blocks" ADD CONSTRAINT "cloud_blocks_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cloud_resources" ADD CONSTRAINT "cloud_resources_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cloud_resources" ADD CONSTRAINT "cloud_resources_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cloud_standings" ADD CONSTRAINT "cloud_standings_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cloud_standings" ADD CONSTRAINT "cloud_standings_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cloud_standings" ADD CONSTRAINT "cloud_standings_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cloud_standings" ADD CONSTRAINT "cloud_standings_batch_id_cloud_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."cloud_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scope_decisions" ADD CONSTRAINT "scope_decisions_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scope_decisions" ADD CONSTRAINT "scope_decisions_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scope_decisions" ADD CONSTRAINT "scope_decisions_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scope_decisions" ADD CONSTRAINT "scope_decisions_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_rows" ADD CONSTRAINT "intake_rows_sheet_id_intake_sheets_id_fk" FOREIGN KEY ("sheet_id") REFERENCES "public"."intake_sheets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_sheets" ADD CONSTRAINT "intake_sheets_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_sheets" ADD CONSTRAINT "intake_sheets_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "material_proofs" ADD CONSTRAINT "material_proofs_material_id_materials_id_fk" FOREIGN KEY ("material_id") REFERENCES "public"."materials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "material_proofs" ADD CONSTRAINT "material_proofs_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "material_proofs" ADD CONSTRAINT "material_proofs_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "materials" ADD CONSTRAINT "materials_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "materials" ADD CONSTRAINT "materials_issuer_unit_id_units_id_fk" FOREIGN KEY ("issuer_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matter_systems" ADD CONSTRAINT "matter_systems_matter_id_service_matters_id_fk" FOREIGN KEY ("matter_id") REFERENCES "public"."service_matters"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matter_systems" ADD CONSTRAINT "matter_systems_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matter_systems" ADD CONSTRAINT "matter_systems_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inventory_confirmations" ADD CONSTRAINT "inventory_confirmations_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inventory_confirmations" ADD CONSTRAINT "inventory_confirmations_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cloud_blocks_open_key" ON "cloud_blocks" USING btree ("system_id") WHERE "cloud_blocks"."cleared_on" is null;--> statement-breakpoint
CREATE INDEX "cloud_blocks_list_idx" ON "cloud_blocks" USING btree ("region_id","cleared_on");--> statement-breakpoint
CREATE UNIQUE INDEX "cloud_standings_open_key" ON "cloud_standings" USING btree ("system_id") WHERE "cloud_standings"."to_on" is null;--> statement-breakpoint
CREATE INDEX "cloud_standings_unit_idx" ON "cloud_standings" USING btree ("region_id","unit_id");--> statement-breakpoint
CREATE INDEX "cloud_standings_batch_idx" ON "cloud_standings" USING btree ("batch_id");--> statement-breakpoint
CREATE UNIQUE INDEX "scope_decisions_open_key" ON "scope_decisions" USING btree ("system_id") WHERE "scope_decisions"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "scope_decisions_list_idx" ON "scope_decisions" USING btree ("region_id","state");--> statement-breakpoint
CREATE INDEX "scope_decisions_system_idx" ON "scope_decisions" USING btree ("system_id","proposed_at");--> statement-breakpoint
CREATE INDEX "intake_rows_outcome_idx" ON "intake_rows" USING btree ("sheet_id","outcome","row_number");--> statement-breakpoint
CREATE INDEX "intake_sheets_list_idx" ON "intake_sheets" USING btree ("kind","uploaded_by","uploaded_at");--> statement-breakpoint
CREATE UNIQUE INDEX "material_proofs_key" ON "material_proofs" USING btree ("material_id","resource_id","item_name");--> statement-breakpoint
CREATE INDEX "material_proofs_resource_idx" ON "material_proofs" USING btree ("resource_id");--> statement-breakpoint
CREATE INDEX "materials_name_idx" ON "materials" USING btree ("region_id","name");--> statement-breakpoint
CREATE INDEX "matter_systems_system_idx" ON "matter_systems" USING btree ("system_id");--> statement-breakpoint
ALTER TABLE "security_tests" ADD CONSTRAINT "security_tests_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "common_components" ADD CONSTRAINT "common_components_provider_unit_id_units_id_fk" FOREIGN KEY ("provider_unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cloud_steps" ADD CONSTRAINT "cloud_steps_evidence_file_id_files_id_fk" FOREIGN KEY ("evidence_file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matter_materials" ADD CONSTRAINT "matter_materials_material_id_materials_id_fk" FOREIGN KEY ("material_id") REFERENCES "public"."materials"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_matters" ADD CONSTRAINT "service_matters_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "security_tests_state_idx" ON "security_tests" USING btree ("region_id","state");--> statement-breakpoint
CREATE INDEX "project_components_component_idx" ON "project_components" USING btree ("component_code","decision");--> statement-breakpoint
CREATE UNIQUE INDEX "cloud_steps_standing_key" ON "cloud_steps" USING btree ("system_id","step") WHERE "cloud_steps"."rolled_back_on" is null;--> statement-breakpoint
CREATE INDEX "cloud_steps_system_idx" ON "cloud_steps" USING btree ("system_id","completed_on");--> statement-breakpoint
CREATE INDEX "matter_materials_material_idx" ON "matter_materials" USING btree ("material_id");--> statement-breakpoint
CREATE INDEX "service_matters_unit_idx" ON "service_matters" USING btree ("region_id","unit_id");--> statement-breakpoint
CREATE INDEX "systems_operator_idx" ON "systems" USING btree ("operator_unit_id");--> statement-breakpoint
ALTER TABLE "security_tests" ADD CONSTRAINT "security_tests_kind_check" CHECK ("security_tests"."kind" in ('mlps', 'crypto'));--> statement-breakpoint
ALTER TABLE "security_tests" ADD CONSTRAINT "security_tests_passed_check" CHECK ("security_tests"."passed" in ('passed', 'failed'));--> statement-breakpoint
ALTER TABLE "security_tests" ADD CONSTRAINT "security_tests_state_check" CHECK ("security_tests"."state" in ('entered', 'confirmed', 'returned', 'void'));--> statement-breakpoint
ALTER TABLE "security_tests" ADD CONSTRAINT "security_tests_validity_check" CHECK ("security_tests"."valid_until" >= "security_tests"."tested_on");--> statement-breakpoint
ALTER TABLE "project_components" ADD CONSTRAINT "project_components_decision_check" CHECK ("project_components"."decision" in ('reuse', 'notFitting', 'notReused'));--> statement-breakpoint
ALTER TABLE "service_matters" ADD CONSTRAINT "service_matters_type_check" CHECK ("service_matters"."type" in ('licence', 'confirmation', 'payment', 'ruling', 'reward', 'otherPower', 'publicService'));--> statement-breakpoint
ALTER TABLE "service_matters" ADD CONSTRAINT "service_matters_state_check" CHECK ("service_matters"."state" in ('inForce', 'suspended', 'abolished'));--> statement-breakpoint
ALTER TABLE "systems" ADD CONSTRAINT "systems_state_check" CHECK ("systems"."state" in ('inUse', 'suspended', 'retired'));
CREATE TABLE "acceptance_documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"acceptance_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"file_id" uuid NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "acceptance_documents_kind_check" CHECK ("acceptance_documents"."kind" in ('constructionSummary', 'financialReport', 'auditReport', 'mlpsReport', 'cryptoReport', 'trialRunReport', 'contractAcceptance', 'archiveList', 'other'))
);
--> statement-breakpoint
CREATE TABLE "acceptance_extensions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"reason" text NOT NULL,
	"file_id" uuid,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"signed_by" text,
	"signed_at" timestamp (3) with time zone,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"opinion" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "acceptance_extensions_number_key" UNIQUE("project_id","number"),
	CONSTRAINT "acceptance_extensions_state_check" CHECK ("acceptance_extensions"."state" in ('signing', 'open', 'granted', 'refused', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "acceptances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"statement" text DEFAULT '' NOT NULL,
	"panel_id" uuid,
	"drafted_by" text NOT NULL,
	"drafted_at" timestamp (3) with time zone NOT NULL,
	"submitted_by" text,
	"submitted_at" timestamp (3) with time zone,
	"signed_by" text,
	"signed_at" timestamp (3) with time zone,
	"due_on" date,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"opinion" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "acceptances_number_key" UNIQUE("project_id","kind","number"),
	CONSTRAINT "acceptances_kind_check" CHECK ("acceptances"."kind" in ('initial', 'final')),
	CONSTRAINT "acceptances_state_check" CHECK ("acceptances"."state" in ('draft', 'signing', 'open', 'returned', 'passed', 'failed', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "archive_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"result" text NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	"checked_on" date NOT NULL,
	"checked_by" text NOT NULL,
	CONSTRAINT "archive_checks_number_key" UNIQUE("project_id","number"),
	CONSTRAINT "archive_checks_result_check" CHECK ("archive_checks"."result" in ('passed', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "resource_connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"method" text NOT NULL,
	"address" text NOT NULL,
	"connected_by" text NOT NULL,
	"connected_on" date NOT NULL,
	"test_result" text,
	"test_remark" text DEFAULT '' NOT NULL,
	"tested_by" text,
	"tested_on" date,
	"removed_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "resource_connections_method_check" CHECK ("resource_connections"."method" in ('database', 'file', 'interface'))
);
--> statement-breakpoint
CREATE TABLE "gate_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"open" boolean NOT NULL,
	"exempted" boolean NOT NULL,
	"reasons" jsonb NOT NULL,
	"on" date NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gate_states" (
	"unit_id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"open" boolean NOT NULL,
	"exempted" boolean NOT NULL,
	"reason_count" integer NOT NULL,
	"since_on" date NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recollections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"resource_id" uuid NOT NULL,
	"system_id" uuid,
	"where" text NOT NULL,
	"finding" text NOT NULL,
	"state" text NOT NULL,
	"reported_by" text NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"confirmed_by" text,
	"confirmed_on" date,
	"remedy" text,
	"remedied_by" text,
	"settled_by" text,
	"settled_on" date,
	"opinion" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "recollections_state_check" CHECK ("recollections"."state" in ('reported', 'standing', 'remedied', 'settled', 'dismissed'))
);
--> statement-breakpoint
CREATE TABLE "catalog_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"occasion" text NOT NULL,
	"project_code" text NOT NULL,
	"payload" jsonb NOT NULL,
	"digest" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"next_attempt_at" timestamp (3) with time zone,
	"leased_until" timestamp (3) with time zone,
	"last_status" integer,
	"last_error" text,
	"answer" text,
	"delivered_at" timestamp (3) with time zone,
	"resent_by" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "catalog_deliveries_number_key" UNIQUE("project_id","number"),
	CONSTRAINT "catalog_deliveries_state_check" CHECK ("catalog_deliveries"."state" in ('waiting', 'retrying', 'delivered', 'dead')),
	CONSTRAINT "catalog_deliveries_occasion_check" CHECK ("catalog_deliveries"."occasion" in ('accepted', 'changed'))
);
--> statement-breakpoint
CREATE TABLE "delivery_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delivery_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"status" integer,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "contract_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"contract_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"before_fen" bigint NOT NULL,
	"after_fen" bigint NOT NULL,
	"before_ends_on" date,
	"after_ends_on" date,
	"reason" text NOT NULL,
	"file_id" uuid,
	"state" text NOT NULL,
	"entered_by" text NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	"confirmed_by" text,
	"confirmed_at" timestamp (3) with time zone,
	"state_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "contract_changes_number_key" UNIQUE("contract_id","number"),
	CONSTRAINT "contract_changes_state_check" CHECK ("contract_changes"."state" in ('entered', 'confirmed', 'returned', 'void')),
	CONSTRAINT "contract_changes_after_check" CHECK ("contract_changes"."after_fen" > 0)
);
--> statement-breakpoint
CREATE TABLE "funding_plan_adjustments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"before_fen" bigint NOT NULL,
	"after_fen" bigint NOT NULL,
	"reason" text NOT NULL,
	"basis" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"opinion" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "funding_plan_adjustments_number_key" UNIQUE("plan_id","number"),
	CONSTRAINT "funding_plan_adjustments_state_check" CHECK ("funding_plan_adjustments"."state" in ('proposed', 'confirmed', 'declined', 'withdrawn')),
	CONSTRAINT "funding_plan_adjustments_after_check" CHECK ("funding_plan_adjustments"."after_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "funding_plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"source" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "funding_plans_key" UNIQUE("region_id","year","unit_id","source"),
	CONSTRAINT "funding_plans_source_check" CHECK ("funding_plans"."source" in ('cityBudget', 'superior', 'bond', 'own')),
	CONSTRAINT "funding_plans_amount_check" CHECK ("funding_plans"."amount_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "payment_sheet_rows" (
	"sheet_id" uuid NOT NULL,
	"row_number" integer NOT NULL,
	"region_id" uuid NOT NULL,
	"cells" jsonb NOT NULL,
	"match" text NOT NULL,
	"problem" jsonb,
	"project_id" uuid,
	"contract_id" uuid,
	"payment_id" uuid,
	CONSTRAINT "payment_sheet_rows_sheet_id_row_number_pk" PRIMARY KEY("sheet_id","row_number"),
	CONSTRAINT "payment_sheet_rows_match_check" CHECK ("payment_sheet_rows"."match" in ('confirms', 'enters', 'unmatched'))
);
--> statement-breakpoint
CREATE TABLE "payment_sheets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"state" text NOT NULL,
	"total_rows" integer NOT NULL,
	"uploaded_by" text NOT NULL,
	"uploaded_at" timestamp (3) with time zone NOT NULL,
	"applied_by" text,
	"applied_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "payment_sheets_state_check" CHECK ("payment_sheets"."state" in ('read', 'applied', 'discarded'))
);
--> statement-breakpoint
CREATE TABLE "maintained_systems" (
	"project_id" uuid NOT NULL,
	"system_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	CONSTRAINT "maintained_systems_project_id_system_id_pk" PRIMARY KEY("project_id","system_id")
);
--> statement-breakpoint
ALTER TABLE "resource_items" DROP CONSTRAINT "resource_items_region_id_regions_id_fk";
--> statement-breakpoint
ALTER TABLE "import_rows" DROP CONSTRAINT "import_rows_region_id_regions_id_fk";
--> statement-breakpoint
ALTER TABLE "sanctions" ALTER COLUMN "imposed_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "arrivals" ALTER COLUMN "confirmed_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD COLUMN "number" integer;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD COLUMN "requested_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD COLUMN "signed_by" text;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD COLUMN "signed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD COLUMN "opinion" text;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD COLUMN "revoked_by" text;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD COLUMN "revoked_on" date;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
UPDATE "gate_exemptions" SET "number" = (SELECT count(*) FROM "gate_exemptions" e WHERE e."unit_id" = "gate_exemptions"."unit_id" AND e."id" <= "gate_exemptions"."id"), "state" = CASE WHEN "approved_by" IS NULL THEN 'open' ELSE 'approved' END, "requested_at" = coalesce("approved_at", "from_on"::timestamptz);--> statement-breakpoint
ALTER TABLE "gate_exemptions" ALTER COLUMN "number" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ALTER COLUMN "state" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "gate_exemptions" ALTER COLUMN "requested_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "project_id" uuid;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "number" integer;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "rung" text;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "demand" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "basis" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "previous_id" uuid;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "skip_reason" text;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "due_on" date;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "proposed_by" text;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "proposed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "imposed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "remedy" text;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "remedy_file_id" uuid;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "remedied_by" text;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "remedied_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "decided_by" text;--> statement-breakpoint
ALTER TABLE "sanctions" ADD COLUMN "opinion" text;--> statement-breakpoint
UPDATE "sanctions" SET "number" = (SELECT count(*) FROM "sanctions" s WHERE s."region_id" = "sanctions"."region_id" AND s."id" <= "sanctions"."id"), "rung" = 'postpone', "state" = CASE WHEN "lifted_on" IS NULL THEN 'standing' ELSE 'lifted' END, "proposed_by" = "imposed_by", "proposed_at" = "from_on"::timestamptz;--> statement-breakpoint
ALTER TABLE "sanctions" ALTER COLUMN "number" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "sanctions" ALTER COLUMN "rung" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "sanctions" ALTER COLUMN "state" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "sanctions" ALTER COLUMN "proposed_by" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "sanctions" ALTER COLUMN "proposed_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "arrivals" ADD COLUMN "source" text DEFAULT 'cityBudget' NOT NULL;--> statement-breakpoint
ALTER TABLE "arrivals" ADD COLUMN "document_number" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "arrivals" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "arrivals" ADD COLUMN "entered_by" text;--> statement-breakpoint
ALTER TABLE "arrivals" ADD COLUMN "entered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "arrivals" ADD COLUMN "confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "arrivals" ADD COLUMN "state_reason" text;--> statement-breakpoint
ALTER TABLE "arrivals" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
UPDATE "arrivals" SET "state" = 'confirmed', "entered_by" = "confirmed_by", "entered_at" = "arrived_on"::timestamptz;--> statement-breakpoint
ALTER TABLE "arrivals" ALTER COLUMN "state" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "arrivals" ALTER COLUMN "entered_by" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "arrivals" ALTER COLUMN "entered_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "supplier_credit_code" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "procurement_method" text;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "ends_on" date;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "file_id" uuid;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "entered_by" text;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "entered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "confirmed_by" text;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "confirmed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "state_reason" text;--> statement-breakpoint
UPDATE "contracts" SET "procurement_method" = 'openTender', "state" = 'confirmed', "entered_by" = 'migration', "entered_at" = "signed_on"::timestamptz;--> statement-breakpoint
ALTER TABLE "contracts" ALTER COLUMN "procurement_method" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "contracts" ALTER COLUMN "state" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "contracts" ALTER COLUMN "entered_by" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "contracts" ALTER COLUMN "entered_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "entered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "state_reason" text;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "sheet_id" uuid;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
UPDATE "payments" SET "state" = CASE WHEN "confirmed_at" IS NULL THEN 'entered' ELSE 'confirmed' END, "entered_at" = "paid_on"::timestamptz;--> statement-breakpoint
ALTER TABLE "payments" ALTER COLUMN "state" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ALTER COLUMN "entered_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "expert_panels" ADD COLUMN "purpose" text DEFAULT 'approval' NOT NULL;--> statement-breakpoint
ALTER TABLE "acceptance_documents" ADD CONSTRAINT "acceptance_documents_acceptance_id_acceptances_id_fk" FOREIGN KEY ("acceptance_id") REFERENCES "public"."acceptances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acceptance_documents" ADD CONSTRAINT "acceptance_documents_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acceptance_documents" ADD CONSTRAINT "acceptance_documents_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acceptance_extensions" ADD CONSTRAINT "acceptance_extensions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acceptance_extensions" ADD CONSTRAINT "acceptance_extensions_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acceptance_extensions" ADD CONSTRAINT "acceptance_extensions_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acceptances" ADD CONSTRAINT "acceptances_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acceptances" ADD CONSTRAINT "acceptances_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acceptances" ADD CONSTRAINT "acceptances_panel_id_expert_panels_id_fk" FOREIGN KEY ("panel_id") REFERENCES "public"."expert_panels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_checks" ADD CONSTRAINT "archive_checks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "archive_checks" ADD CONSTRAINT "archive_checks_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_connections" ADD CONSTRAINT "resource_connections_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_connections" ADD CONSTRAINT "resource_connections_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_changes" ADD CONSTRAINT "gate_changes_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_changes" ADD CONSTRAINT "gate_changes_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_states" ADD CONSTRAINT "gate_states_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "gate_states" ADD CONSTRAINT "gate_states_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recollections" ADD CONSTRAINT "recollections_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recollections" ADD CONSTRAINT "recollections_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recollections" ADD CONSTRAINT "recollections_resource_id_resources_id_fk" FOREIGN KEY ("resource_id") REFERENCES "public"."resources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recollections" ADD CONSTRAINT "recollections_system_id_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog_deliveries" ADD CONSTRAINT "catalog_deliveries_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog_deliveries" ADD CONSTRAINT "catalog_deliveries_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_delivery_id_catalog_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."catalog_deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_changes" ADD CONSTRAINT "contract_changes_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_changes" ADD CONSTRAINT "contract_changes_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_changes" ADD CONSTRAINT "contract_changes_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "funding_plan_adjustments" ADD CONSTRAINT "funding_plan_adjustments_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "funding_plan_adjustments" ADD CONSTRAINT "funding_plan_adjustments_plan_id_funding_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."funding_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "funding_plans" ADD CONSTRAINT "funding_plans_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "funding_plans" ADD CONSTRAINT "funding_plans_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sheet_rows" ADD CONSTRAINT "payment_sheet_rows_sheet_id_payment_sheets_id_fk" FOREIGN KEY ("sheet_id") REFERENCES "public"."payment_sheets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sheet_rows" ADD CONSTRAINT "payment_sheet_rows_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sheet_rows" ADD CONSTRAINT "payment_sheet_rows_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sheet_rows" ADD CONSTRAINT "payment_sheet_rows_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sheet_rows" ADD CONSTRAINT "payment_sheet_rows_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sheets" ADD CONSTRAINT "payment_sheets_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_sheets" ADD CONSTRAINT "payment_sheets_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "maintained_systems" ADD CONSTRAINT "maintained_systems_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "maintained_systems" ADD CONSTRAINT "maintained_systems_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "acceptance_documents_acceptance_idx" ON "acceptance_documents" USING btree ("acceptance_id");--> statement-breakpoint
CREATE UNIQUE INDEX "acceptance_extensions_open_key" ON "acceptance_extensions" USING btree ("project_id") WHERE "acceptance_extensions"."state" in ('signing', 'open');--> statement-breakpoint
CREATE INDEX "acceptance_extensions_list_idx" ON "acceptance_extensions" USING btree ("region_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "acceptances_open_key" ON "acceptances" USING btree ("project_id") WHERE "acceptances"."state" in ('draft', 'signing', 'open', 'returned');--> statement-breakpoint
CREATE INDEX "acceptances_list_idx" ON "acceptances" USING btree ("region_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "resource_connections_resource_key" ON "resource_connections" USING btree ("resource_id") WHERE "resource_connections"."removed_on" is null;--> statement-breakpoint
CREATE INDEX "resource_connections_history_idx" ON "resource_connections" USING btree ("resource_id","connected_on");--> statement-breakpoint
CREATE INDEX "gate_changes_unit_idx" ON "gate_changes" USING btree ("unit_id","at");--> statement-breakpoint
CREATE INDEX "gate_states_list_idx" ON "gate_states" USING btree ("region_id","open");--> statement-breakpoint
CREATE INDEX "recollections_unit_idx" ON "recollections" USING btree ("unit_id","state");--> statement-breakpoint
CREATE INDEX "recollections_list_idx" ON "recollections" USING btree ("region_id","state");--> statement-breakpoint
CREATE INDEX "catalog_deliveries_due_idx" ON "catalog_deliveries" USING btree ("state","next_attempt_at");--> statement-breakpoint
CREATE INDEX "catalog_deliveries_list_idx" ON "catalog_deliveries" USING btree ("region_id","created_at");--> statement-breakpoint
CREATE INDEX "delivery_attempts_delivery_idx" ON "delivery_attempts" USING btree ("delivery_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "contract_changes_open_key" ON "contract_changes" USING btree ("contract_id") WHERE "contract_changes"."state" = 'entered';--> statement-breakpoint
CREATE UNIQUE INDEX "funding_plan_adjustments_open_key" ON "funding_plan_adjustments" USING btree ("plan_id") WHERE "funding_plan_adjustments"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "payment_sheets_list_idx" ON "payment_sheets" USING btree ("region_id","uploaded_at");--> statement-breakpoint
CREATE INDEX "maintained_systems_system_idx" ON "maintained_systems" USING btree ("system_id");--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD CONSTRAINT "gate_exemptions_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_remedy_file_id_files_id_fk" FOREIGN KEY ("remedy_file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_sheet_id_payment_sheets_id_fk" FOREIGN KEY ("sheet_id") REFERENCES "public"."payment_sheets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "gate_exemptions_open_key" ON "gate_exemptions" USING btree ("unit_id") WHERE "gate_exemptions"."state" in ('draft', 'signing', 'open');--> statement-breakpoint
CREATE INDEX "sanctions_list_idx" ON "sanctions" USING btree ("region_id","state");--> statement-breakpoint
CREATE INDEX "sanctions_project_idx" ON "sanctions" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "arrivals_state_idx" ON "arrivals" USING btree ("region_id","state");--> statement-breakpoint
CREATE INDEX "contracts_state_idx" ON "contracts" USING btree ("region_id","state");--> statement-breakpoint
CREATE INDEX "contracts_operator_idx" ON "contracts" USING btree ("operator_unit_id");--> statement-breakpoint
CREATE INDEX "payments_contract_idx" ON "payments" USING btree ("contract_id");--> statement-breakpoint
CREATE INDEX "payments_state_idx" ON "payments" USING btree ("region_id","state");--> statement-breakpoint
ALTER TABLE "sanctions" DROP COLUMN "kind";--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD CONSTRAINT "gate_exemptions_number_key" UNIQUE("unit_id","number");--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_number_key" UNIQUE("region_id","number");--> statement-breakpoint
ALTER TABLE "gate_exemptions" ADD CONSTRAINT "gate_exemptions_state_check" CHECK ("gate_exemptions"."state" in ('draft', 'signing', 'open', 'approved', 'refused', 'withdrawn', 'revoked'));--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_rung_check" CHECK ("sanctions"."rung" in ('rectify', 'criticise', 'postpone', 'halt', 'terminate'));--> statement-breakpoint
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_state_check" CHECK ("sanctions"."state" in ('proposed', 'standing', 'remedied', 'lifted', 'declined'));--> statement-breakpoint
ALTER TABLE "arrivals" ADD CONSTRAINT "arrivals_state_check" CHECK ("arrivals"."state" in ('entered', 'confirmed', 'returned', 'void'));--> statement-breakpoint
ALTER TABLE "arrivals" ADD CONSTRAINT "arrivals_source_check" CHECK ("arrivals"."source" in ('cityBudget', 'superior', 'bond', 'own'));--> statement-breakpoint
ALTER TABLE "arrivals" ADD CONSTRAINT "arrivals_amount_check" CHECK ("arrivals"."amount_fen" > 0);--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_state_check" CHECK ("contracts"."state" in ('entered', 'confirmed', 'returned', 'void'));--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_procurement_method_check" CHECK ("contracts"."procurement_method" in ('openTender', 'invitedTender', 'negotiation', 'consultation', 'inquiry', 'singleSource', 'framework', 'belowThreshold'));--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_amount_check" CHECK ("contracts"."amount_fen" > 0);--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_state_check" CHECK ("payments"."state" in ('entered', 'confirmed', 'returned', 'void'));--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_amount_check" CHECK ("payments"."amount_fen" > 0);--> statement-breakpoint
ALTER TABLE "expert_panels" ADD CONSTRAINT "expert_panels_purpose_check" CHECK ("expert_panels"."purpose" in ('approval', 'acceptance'));--> statement-breakpoint
ALTER TABLE "contracts" DROP CONSTRAINT "contracts_number_key";--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_number_key" ON "contracts" USING btree ("region_id","number") WHERE "contracts"."state" <> 'void';--> statement-breakpoint
ALTER TABLE "payments" DROP CONSTRAINT "payments_voucher_key";--> statement-breakpoint
CREATE UNIQUE INDEX "payments_voucher_key" ON "payments" USING btree ("region_id","voucher") WHERE "payments"."state" <> 'void';
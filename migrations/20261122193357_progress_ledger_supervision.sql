CREATE TABLE "outgoing_hosts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"host" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "outgoing_hosts_key" UNIQUE("region_id","host")
);
--> statement-breakpoint
CREATE TABLE "robots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid,
	"name" text NOT NULL,
	"brand" text NOT NULL,
	"url" text NOT NULL,
	"secret" text DEFAULT '' NOT NULL,
	"enabled" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "robots_name_key" UNIQUE("region_id","name"),
	CONSTRAINT "robots_brand_check" CHECK ("robots"."brand" in ('dingtalk', 'wecom'))
);
--> statement-breakpoint
CREATE TABLE "sendings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"robot_id" uuid,
	"user_id" text,
	"address" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"occasion" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"batch_id" uuid,
	"last_error" text,
	CONSTRAINT "sendings_occasion_key" UNIQUE("kind","address","occasion"),
	CONSTRAINT "sendings_kind_check" CHECK ("sendings"."kind" in ('mail', 'robot')),
	CONSTRAINT "sendings_state_check" CHECK ("sendings"."state" in ('waiting', 'retrying', 'sent', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "ledger_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"update_id" uuid,
	"region_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_moments_met" (
	"task_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"region_id" uuid NOT NULL,
	"met_on" date NOT NULL,
	"evidence" text NOT NULL,
	"reported_by" text NOT NULL,
	CONSTRAINT "ledger_moments_met_task_id_position_pk" PRIMARY KEY("task_id","position")
);
--> statement-breakpoint
CREATE TABLE "ledger_plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"title" text NOT NULL,
	"document_number" text DEFAULT '' NOT NULL,
	"issued_on" date NOT NULL,
	"state" text NOT NULL,
	"file_id" uuid,
	"imported_by" text NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "ledger_plans_title_key" UNIQUE("region_id","title"),
	CONSTRAINT "ledger_plans_state_check" CHECK ("ledger_plans"."state" in ('confirming', 'active', 'ended'))
);
--> statement-breakpoint
CREATE TABLE "ledger_updates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"period" text NOT NULL,
	"progress" text NOT NULL,
	"difficulty" text DEFAULT '' NOT NULL,
	"written_by" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "ledger_updates_key" UNIQUE("task_id","unit_id","period")
);
--> statement-breakpoint
CREATE TABLE "coordination_matters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"raised_by_report_id" uuid NOT NULL,
	"last_report_id" uuid NOT NULL,
	"text" text NOT NULL,
	"state" text NOT NULL,
	"raised_on" date NOT NULL,
	"answer_due_on" date NOT NULL,
	"advice" text,
	"advised_by" text,
	"advised_at" timestamp (3) with time zone,
	"answer" text,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone,
	"item_id" uuid,
	"ended_on" date,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "coordination_matters_state_check" CHECK ("coordination_matters"."state" in ('raised', 'answered', 'itemised', 'settled', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "report_explanations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"report_id" uuid NOT NULL,
	"region_id" uuid NOT NULL,
	"about" text NOT NULL,
	"text" text NOT NULL,
	"written_by" text NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_explanations_about_check" CHECK ("report_explanations"."about" in ('late', 'missing', 'light'))
);
--> statement-breakpoint
CREATE TABLE "report_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"report_id" uuid NOT NULL,
	"milestone_id" uuid,
	"region_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "report_reminders" (
	"report_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"region_id" uuid NOT NULL,
	"sent_on" date NOT NULL,
	CONSTRAINT "report_reminders_report_id_stage_pk" PRIMARY KEY("report_id","stage")
);
--> statement-breakpoint
CREATE TABLE "supervision_papers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"item_id" uuid,
	"talk_id" uuid,
	"purpose" text NOT NULL,
	"round" integer DEFAULT 0 NOT NULL,
	"file_id" uuid NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "supervision_papers_purpose_check" CHECK ("supervision_papers"."purpose" in ('reply', 'closing', 'talk')),
	CONSTRAINT "supervision_papers_owner_check" CHECK (num_nonnulls("supervision_papers"."item_id", "supervision_papers"."talk_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "supervision_slips" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"colour" text NOT NULL,
	"number" text NOT NULL,
	"issued_on" date NOT NULL,
	"due_on" date NOT NULL,
	CONSTRAINT "supervision_slips_key" UNIQUE("item_id","round","colour"),
	CONSTRAINT "supervision_slips_number_key" UNIQUE("region_id","number"),
	CONSTRAINT "supervision_slips_colour_check" CHECK ("supervision_slips"."colour" in ('blue', 'orange', 'red'))
);
--> statement-breakpoint
CREATE TABLE "supervision_talks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_id" uuid NOT NULL,
	"unit_id" uuid NOT NULL,
	"number" text NOT NULL,
	"state" text NOT NULL,
	"called_on" date NOT NULL,
	"due_on" date NOT NULL,
	"slip_ids" uuid[] NOT NULL,
	"held_on" date,
	"attendees" text,
	"conclusion" text,
	"held_by" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "supervision_talks_number_key" UNIQUE("region_id","number"),
	CONSTRAINT "supervision_talks_state_check" CHECK ("supervision_talks"."state" in ('called', 'held'))
);
--> statement-breakpoint
ALTER TABLE "ledger_tasks" DROP CONSTRAINT "ledger_tasks_number_key";--> statement-breakpoint
ALTER TABLE "supervision_items" DROP CONSTRAINT "supervision_items_colour_check";--> statement-breakpoint
ALTER TABLE "supervision_items" DROP CONSTRAINT "supervision_items_origin_check";--> statement-breakpoint
ALTER TABLE "supervision_items" DROP CONSTRAINT "supervision_items_state_check";--> statement-breakpoint
ALTER TABLE "supervision_sequences" DROP CONSTRAINT "supervision_sequences_region_id_year_pk";--> statement-breakpoint
ALTER TABLE "calendar_days" DROP CONSTRAINT "calendar_days_pkey";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "calendar_days" ADD COLUMN "id" uuid;--> statement-breakpoint
UPDATE "calendar_days" SET "id" = gen_random_uuid();--> statement-breakpoint
ALTER TABLE "calendar_days" ALTER COLUMN "id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_days" ADD PRIMARY KEY ("id");--> statement-breakpoint
ALTER TABLE "calendar_days" ADD COLUMN "region_id" uuid;--> statement-breakpoint
ALTER TABLE "calendar_days" ADD COLUMN "entered_by" text;--> statement-breakpoint
ALTER TABLE "calendar_days" ADD COLUMN "entered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "ledger_tasks" ADD COLUMN "plan_id" uuid;--> statement-breakpoint
INSERT INTO "ledger_plans" ("id", "region_id", "title", "issued_on", "state", "imported_by", "imported_at")
SELECT gen_random_uuid(), "region_id", "plan", current_date, 'confirming', 'migration', now()
FROM "ledger_tasks" GROUP BY "region_id", "plan";--> statement-breakpoint
UPDATE "ledger_tasks" SET "plan_id" = "ledger_plans"."id" FROM "ledger_plans"
WHERE "ledger_plans"."region_id" = "ledger_tasks"."region_id" AND "ledger_plans"."title" = "ledger_tasks"."plan";--> statement-breakpoint
ALTER TABLE "ledger_tasks" ALTER COLUMN "plan_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_tasks" ADD COLUMN "state" text DEFAULT 'open' NOT NULL;--> statement-breakpoint
UPDATE "ledger_tasks" SET "state" = 'closed' WHERE "closed_on" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_tasks" ADD COLUMN "closing_statement" text;--> statement-breakpoint
ALTER TABLE "ledger_tasks" ADD COLUMN "closing_by" text;--> statement-breakpoint
ALTER TABLE "ledger_tasks" ADD COLUMN "closed_by" text;--> statement-breakpoint
ALTER TABLE "ledger_tasks" ADD COLUMN "original" jsonb;--> statement-breakpoint
ALTER TABLE "supervision_sequences" ADD COLUMN "series" text DEFAULT 'item' NOT NULL;--> statement-breakpoint
ALTER TABLE "supervision_sequences" ADD CONSTRAINT "supervision_sequences_region_id_series_year_pk" PRIMARY KEY("region_id","series","year");--> statement-breakpoint
ALTER TABLE "outgoing_hosts" ADD CONSTRAINT "outgoing_hosts_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "robots" ADD CONSTRAINT "robots_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "robots" ADD CONSTRAINT "robots_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sendings" ADD CONSTRAINT "sendings_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sendings" ADD CONSTRAINT "sendings_robot_id_robots_id_fk" FOREIGN KEY ("robot_id") REFERENCES "public"."robots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_files" ADD CONSTRAINT "ledger_files_task_id_ledger_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."ledger_tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_files" ADD CONSTRAINT "ledger_files_update_id_ledger_updates_id_fk" FOREIGN KEY ("update_id") REFERENCES "public"."ledger_updates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_files" ADD CONSTRAINT "ledger_files_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_files" ADD CONSTRAINT "ledger_files_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_moments_met" ADD CONSTRAINT "ledger_moments_met_task_id_ledger_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."ledger_tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_moments_met" ADD CONSTRAINT "ledger_moments_met_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_plans" ADD CONSTRAINT "ledger_plans_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_plans" ADD CONSTRAINT "ledger_plans_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_updates" ADD CONSTRAINT "ledger_updates_task_id_ledger_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."ledger_tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_updates" ADD CONSTRAINT "ledger_updates_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_updates" ADD CONSTRAINT "ledger_updates_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coordination_matters" ADD CONSTRAINT "coordination_matters_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coordination_matters" ADD CONSTRAINT "coordination_matters_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coordination_matters" ADD CONSTRAINT "coordination_matters_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coordination_matters" ADD CONSTRAINT "coordination_matters_raised_by_report_id_monthly_reports_id_fk" FOREIGN KEY ("raised_by_report_id") REFERENCES "public"."monthly_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coordination_matters" ADD CONSTRAINT "coordination_matters_last_report_id_monthly_reports_id_fk" FOREIGN KEY ("last_report_id") REFERENCES "public"."monthly_reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coordination_matters" ADD CONSTRAINT "coordination_matters_item_id_supervision_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."supervision_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_explanations" ADD CONSTRAINT "report_explanations_report_id_monthly_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."monthly_reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_explanations" ADD CONSTRAINT "report_explanations_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_files" ADD CONSTRAINT "report_files_report_id_monthly_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."monthly_reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_files" ADD CONSTRAINT "report_files_milestone_id_milestones_id_fk" FOREIGN KEY ("milestone_id") REFERENCES "public"."milestones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_files" ADD CONSTRAINT "report_files_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_files" ADD CONSTRAINT "report_files_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_reminders" ADD CONSTRAINT "report_reminders_report_id_monthly_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."monthly_reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_reminders" ADD CONSTRAINT "report_reminders_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_papers" ADD CONSTRAINT "supervision_papers_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_papers" ADD CONSTRAINT "supervision_papers_item_id_supervision_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."supervision_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_papers" ADD CONSTRAINT "supervision_papers_talk_id_supervision_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "public"."supervision_talks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_papers" ADD CONSTRAINT "supervision_papers_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_slips" ADD CONSTRAINT "supervision_slips_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_slips" ADD CONSTRAINT "supervision_slips_item_id_supervision_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."supervision_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_slips" ADD CONSTRAINT "supervision_slips_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_talks" ADD CONSTRAINT "supervision_talks_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supervision_talks" ADD CONSTRAINT "supervision_talks_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "robots_unit_idx" ON "robots" USING btree ("region_id","unit_id");--> statement-breakpoint
CREATE INDEX "sendings_due_idx" ON "sendings" USING btree ("state","next_attempt_at");--> statement-breakpoint
CREATE INDEX "sendings_list_idx" ON "sendings" USING btree ("region_id","created_at");--> statement-breakpoint
CREATE INDEX "ledger_files_task_idx" ON "ledger_files" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "ledger_updates_unit_idx" ON "ledger_updates" USING btree ("unit_id","period");--> statement-breakpoint
CREATE UNIQUE INDEX "coordination_matters_open_key" ON "coordination_matters" USING btree ("project_id") WHERE "coordination_matters"."ended_on" is null;--> statement-breakpoint
CREATE INDEX "coordination_matters_list_idx" ON "coordination_matters" USING btree ("region_id","state","answer_due_on");--> statement-breakpoint
CREATE INDEX "coordination_matters_unit_idx" ON "coordination_matters" USING btree ("unit_id","raised_on");--> statement-breakpoint
CREATE INDEX "coordination_matters_item_idx" ON "coordination_matters" USING btree ("item_id");--> statement-breakpoint
CREATE INDEX "report_explanations_report_idx" ON "report_explanations" USING btree ("report_id","written_at");--> statement-breakpoint
CREATE INDEX "report_files_report_idx" ON "report_files" USING btree ("report_id","milestone_id");--> statement-breakpoint
CREATE INDEX "supervision_papers_item_idx" ON "supervision_papers" USING btree ("item_id");--> statement-breakpoint
CREATE INDEX "supervision_papers_talk_idx" ON "supervision_papers" USING btree ("talk_id");--> statement-breakpoint
CREATE INDEX "supervision_slips_unit_idx" ON "supervision_slips" USING btree ("unit_id","issued_on");--> statement-breakpoint
CREATE INDEX "supervision_slips_list_idx" ON "supervision_slips" USING btree ("region_id","issued_on");--> statement-breakpoint
CREATE INDEX "supervision_talks_unit_idx" ON "supervision_talks" USING btree ("unit_id","called_on");--> statement-breakpoint
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_tasks" ADD CONSTRAINT "ledger_tasks_plan_id_ledger_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."ledger_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_tasks_region_idx" ON "ledger_tasks" USING btree ("region_id","plan_id");--> statement-breakpoint
ALTER TABLE "ledger_tasks" DROP COLUMN "plan";--> statement-breakpoint
ALTER TABLE "ledger_tasks" DROP COLUMN "progress";--> statement-breakpoint
ALTER TABLE "supervision_items" DROP COLUMN "colour";--> statement-breakpoint
ALTER TABLE "calendar_days" ADD CONSTRAINT "calendar_days_key" UNIQUE NULLS NOT DISTINCT("day","region_id");--> statement-breakpoint
ALTER TABLE "ledger_tasks" ADD CONSTRAINT "ledger_tasks_number_key" UNIQUE("plan_id","number");--> statement-breakpoint
ALTER TABLE "ledger_tasks" ADD CONSTRAINT "ledger_tasks_state_check" CHECK ("ledger_tasks"."state" in ('open', 'closing', 'closed'));--> statement-breakpoint
ALTER TABLE "supervision_items" ADD CONSTRAINT "supervision_items_origin_check" CHECK ("supervision_items"."origin" in ('bulletin', 'instruction', 'ledger', 'coordination', 'manual'));--> statement-breakpoint
ALTER TABLE "supervision_items" ADD CONSTRAINT "supervision_items_state_check" CHECK ("supervision_items"."state" in ('registered', 'assigned', 'accepted', 'urged', 'replied', 'verified', 'closed'));
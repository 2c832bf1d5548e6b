"""Own measures and metrics, shared credit, currencies, surveys and costs; closed periods, forecasts, benchmarks and plans."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecast_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.Column("facts_revision", sa.Integer(), nullable=False),
        sa.Column("people_revision", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("is_rebuilt", sa.Boolean(), nullable=False),
        sa.Column("sum_widths", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("state"),
    )
    op.create_index("ix_forecast_run_first_on", "forecast_run", ["first_on"])
    op.create_table(
        "purchase",
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("slice_id", sa.Integer(), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("fact", "account", "bought_on", "fact_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("purchase_by_day", "purchase", ["fact", "bought_on"])
    op.create_table(
        "backtest_score",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("wape", sa.Float(), nullable=True),
        sa.Column("mase", sa.Float(), nullable=True),
        sa.Column("coverage_80", sa.Float(), nullable=True),
        sa.Column("coverage_95", sa.Float(), nullable=True),
        sa.Column("value_added", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["forecast_run.id"],
        ),
        sa.PrimaryKeyConstraint("run_id", "level", "member"),
    )
    op.create_table(
        "projected_totals",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("months", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["forecast_run.id"],
        ),
        sa.PrimaryKeyConstraint("run_id", "level", "member"),
    )
    op.create_table(
        "closed_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("grain", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.Column("reopen_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_closed_period_created_in", "closed_period", ["created_in"])
    op.create_index("ix_closed_period_starts_on", "closed_period", ["starts_on"])
    op.create_table(
        "exchange_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("is_plan", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("rate", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("exchange_rate_of", "exchange_rate", ["currency", "is_plan", "starts_on"], unique=True)
    op.create_index("ix_exchange_rate_created_in", "exchange_rate", ["created_in"])
    op.create_table(
        "forecast_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("called_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=False),
        sa.Column("commit_cents", sa.BigInteger(), nullable=False),
        sa.Column("best_case_cents", sa.BigInteger(), nullable=True),
        sa.Column("landing_cents", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_forecast_call_created_in", "forecast_call", ["created_in"])
    op.create_index("ix_forecast_call_level", "forecast_call", ["level"])
    op.create_index("ix_forecast_call_member", "forecast_call", ["member"])
    op.create_table(
        "industry_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("segment", sa.String(), nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("typical", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("industry_figure_of", "industry_figure", ["metric", "role", "segment", "dated_on"], unique=True)
    op.create_index("ix_industry_figure_created_in", "industry_figure", ["created_in"])
    op.create_table(
        "listed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_listed_created_in", "listed", ["created_in"])
    op.create_index("ix_listed_kind", "listed", ["kind"])
    op.create_table(
        "own_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_own_measure_created_in", "own_measure", ["created_in"])
    op.create_table(
        "own_metric",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("expression", sa.Text(), nullable=False),
        sa.Column("shown_as", sa.String(), nullable=False),
        sa.Column("higher_is_better", sa.Boolean(), nullable=False),
        sa.Column("timing", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_own_metric_created_in", "own_metric", ["created_in"])
    op.create_table(
        "pinned_benchmark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("grouped_by", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=False),
        sa.Column("pinned_on", sa.Date(), nullable=False),
        sa.Column("people_count", sa.Integer(), nullable=False),
        sa.Column("median", sa.Float(), nullable=True),
        sa.Column("top_quartile", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_pinned_benchmark_created_in", "pinned_benchmark", ["created_in"])
    op.create_index(
        "pinned_benchmark_of",
        "pinned_benchmark",
        ["metric", "grouped_by", "group", "starts_on", "ends_before"],
        unique=True,
    )
    op.create_table(
        "plan_scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("levers", sa.JSON(), nullable=False),
        sa.Column("copied_from", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", "version"),
    )
    op.create_index("ix_plan_scenario_created_in", "plan_scenario", ["created_in"])
    op.create_table(
        "quota_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("target_cents", sa.BigInteger(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("starts_on", "ends_before", "version"),
    )
    op.create_index("ix_quota_plan_created_in", "quota_plan", ["created_in"])
    op.create_table(
        "closed_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("closed_period_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scorecard", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["closed_period_id"],
            ["closed_period.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_closed_score_closed_period_id", "closed_score", ["closed_period_id"])
    op.create_index("ix_closed_score_created_in", "closed_score", ["created_in"])
    op.create_index("ix_closed_score_person_id", "closed_score", ["person_id"])
    op.create_table(
        "cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("slice_id", sa.Integer(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=True),
        sa.Column("fingerprint", sa.BigInteger(), nullable=True),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("stated_cents", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("cost_by_owner", "cost", ["person_id", "spent_on"])
    op.create_index("ix_cost_created_in", "cost", ["created_in"])
    op.create_table(
        "item_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("is_fair", sa.Boolean(), nullable=True),
        sa.Column("is_within_reach", sa.Boolean(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_item_opinion_created_in", "item_opinion", ["created_in"])
    op.create_index("ix_item_opinion_person_id", "item_opinion", ["person_id"])
    op.create_table(
        "planned_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("months_cents", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["quota_plan.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_planned_quota_created_in", "planned_quota", ["created_in"])
    op.create_index("ix_planned_quota_person_id", "planned_quota", ["person_id"])
    op.create_index("ix_planned_quota_plan_id", "planned_quota", ["plan_id"])
    op.create_table(
        "quota_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["quota_plan.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_quota_review_created_in", "quota_review", ["created_in"])
    op.create_index("ix_quota_review_person_id", "quota_review", ["person_id"])
    op.create_index("ix_quota_review_plan_id", "quota_review", ["plan_id"])
    op.create_table(
        "skill_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_skill_level_created_in", "skill_level", ["created_in"])
    op.create_index("ix_skill_level_person_id", "skill_level", ["person_id"])
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("slice_id", sa.Integer(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=True),
        sa.Column("fingerprint", sa.BigInteger(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("stated", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_survey_created_in", "survey", ["created_in"])
    op.create_index("survey_by_owner", "survey", ["person_id", "answered_on"])
    op.create_table(
        "target_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("grain", sa.String(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("calculated", sa.Float(), nullable=True),
        sa.Column("calculated_words", sa.Text(), nullable=False),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_before", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_target_override_created_in", "target_override", ["created_in"])
    op.create_index("ix_target_override_person_id", "target_override", ["person_id"])
    op.create_table(
        "deal_credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("share_e4", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column("is_overlay", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["created_in"],
            ["change_set.id"],
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["deal.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("deal_credit_of", "deal_credit", ["deal_id", "person_id", "is_overlay"], unique=True)
    op.create_index("ix_deal_credit_created_in", "deal_credit", ["created_in"])
    op.create_index("ix_deal_credit_person_id", "deal_credit", ["person_id"])
    op.add_column("activity", sa.Column("fingerprint", sa.BigInteger(), nullable=True))
    op.add_column("deal", sa.Column("fingerprint", sa.BigInteger(), nullable=True))
    op.add_column("deal", sa.Column("stated_cents", sa.BigInteger(), nullable=True))
    op.drop_index("deal_by_close", "deal")
    op.create_index(
        "deal_by_close",
        "deal",
        [
            "status",
            "closed_on",
            "created_on",
            "cycle_days",
            "person_id",
            "amount_cents",
            "expected_close_on",
            "probability",
            "slice_id",
        ],
    )
    op.add_column("lead", sa.Column("fingerprint", sa.BigInteger(), nullable=True))
    op.add_column("order", sa.Column("fingerprint", sa.BigInteger(), nullable=True))
    op.add_column("order", sa.Column("stated_cents", sa.BigInteger(), nullable=True))
    op.add_column("order_line", sa.Column("fingerprint", sa.BigInteger(), nullable=True))
    op.add_column("quota", sa.Column("stated_cents", sa.BigInteger(), nullable=True))

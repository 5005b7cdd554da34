DROP INDEX "card_step_card_id";

DROP INDEX "automation_run_card_id";

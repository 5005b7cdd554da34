ALTER TABLE "automation" DROP CONSTRAINT automation_child_each_is_known;

ALTER TABLE "automation" ADD CONSTRAINT automation_child_each_is_known CHECK (child_each IN ('order', 'unit', 'tooth'));

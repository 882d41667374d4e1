"""An import that is taken back takes its steps along.

Nobody else is born attended or absent: such a step says that a row came from an old list.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION trainings_transition_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF %(imported)s EXISTS (
            SELECT FROM trainings_application AS a
            JOIN trainings_training AS t ON t.id = a.training_id
            JOIN accounts_person AS p ON p.id = a.person_id
            WHERE a.id = OLD.application_id AND (t.is_demo OR p.is_demo)
        ) THEN
            RETURN OLD;
        END IF;
    ELSIF (NEW.by_id IS NULL OR NEW.by_id = OLD.by_id)
        AND (NEW.reason = '' OR NEW.reason = OLD.reason)
        AND (NEW.id, NEW.application_id, NEW.from_state, NEW.to_state, NEW.at)
        IS NOT DISTINCT FROM
        (OLD.id, OLD.application_id, OLD.from_state, OLD.to_state, OLD.at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'steps of applications are only added, never changed or removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
IMPORTED = "OLD.from_state = '' AND OLD.to_state IN ('attended', 'absent') OR"


class Migration(migrations.Migration):
    dependencies = [("trainings", "0016_room_sentence")]
    operations = [
        migrations.RunSQL(FUNCTION % {"imported": IMPORTED}, FUNCTION % {"imported": ""})
    ]

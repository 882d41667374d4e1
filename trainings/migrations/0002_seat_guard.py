"""The database's own guard against overselling: no seat is taken beyond the capacity.

A check constraint cannot look at another table, so this is a trigger. It looks when a seat is
taken, not when it is kept: lowering the capacity throws nobody out.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION trainings_seat_within_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seat_number < 1 OR NEW.seat_number > (
        SELECT capacity FROM trainings_training WHERE id = NEW.training_id
    ) THEN
        RAISE EXCEPTION 'seat % does not exist in training %', NEW.seat_number, NEW.training_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seat_within_capacity',
                HINT = 'seat_within_capacity';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seat_taken BEFORE INSERT ON trainings_application
    FOR EACH ROW WHEN (NEW.seat_number IS NOT NULL)
    EXECUTE FUNCTION trainings_seat_within_capacity();
CREATE TRIGGER seat_changed BEFORE UPDATE OF seat_number, training_id ON trainings_application
    FOR EACH ROW WHEN (
        NEW.seat_number IS NOT NULL
        AND (NEW.seat_number, NEW.training_id) IS DISTINCT FROM (OLD.seat_number, OLD.training_id)
    )
    EXECUTE FUNCTION trainings_seat_within_capacity();
"""

NO_GUARD = """
DROP TRIGGER seat_taken ON trainings_application;
DROP TRIGGER seat_changed ON trainings_application;
DROP FUNCTION trainings_seat_within_capacity();
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]

"""The database's own guards: no seat beyond the capacity, and trails that only grow."""

from django.db import migrations

# A check constraint cannot look at another table, so this is a trigger. It looks when a seat is
# taken, not when it is kept: lowering the capacity throws nobody out.
SEATS = """
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
NO_SEATS = """
DROP TRIGGER seat_taken ON trainings_application;
DROP TRIGGER seat_changed ON trainings_application;
DROP FUNCTION trainings_seat_within_capacity();
"""

# The trail of an application is evidence. Forgetting who decided and blanking a reason when a
# person is erased are the only changes allowed; invented rows go with the demo. An import that is
# taken back takes its steps along: nobody else is born attended or absent.
APPLICATIONS = """
CREATE FUNCTION trainings_transition_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.from_state = '' AND OLD.to_state IN ('attended', 'absent') OR EXISTS (
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
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON trainings_transition
    FOR EACH ROW EXECUTE FUNCTION trainings_transition_append_only();
"""
NO_APPLICATIONS = """
DROP TRIGGER append_only ON trainings_transition;
DROP FUNCTION trainings_transition_append_only();
"""

# So is the trail of a nomination.
NOMINATIONS = """
CREATE FUNCTION trainings_nominationstep_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (
            SELECT FROM trainings_nomination JOIN trainings_training t ON t.id = training_id
            WHERE trainings_nomination.id = OLD.nomination_id AND t.is_demo
        ) THEN
            RETURN OLD;
        END IF;
    ELSIF (NEW.id, NEW.nomination_id, NEW.verb, NEW.from_state, NEW.to_state, NEW.reason, NEW.at)
        IS NOT DISTINCT FROM
        (OLD.id, OLD.nomination_id, OLD.verb, OLD.from_state, OLD.to_state, OLD.reason, OLD.at)
        AND NEW.by_id IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'steps of nominations are only added, never changed or removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON trainings_nominationstep
    FOR EACH ROW EXECUTE FUNCTION trainings_nominationstep_append_only();
"""
NO_NOMINATIONS = """
DROP TRIGGER append_only ON trainings_nominationstep;
DROP FUNCTION trainings_nominationstep_append_only();
"""

# A step of planning is evidence, too. Rows of the demo's invented trainings may go with them, and
# a user who is deleted leaves the step without a name.
PLANNING = """
CREATE FUNCTION trainings_step_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT FROM trainings_training WHERE id = OLD.training_id AND is_demo) THEN
            RETURN OLD;
        END IF;
    ELSIF NEW.by_id IS NULL
        AND (NEW.id, NEW.training_id, NEW.deed, NEW.reason, NEW.facts, NEW.revision, NEW.at)
        IS NOT DISTINCT FROM
        (OLD.id, OLD.training_id, OLD.deed, OLD.reason, OLD.facts, OLD.revision, OLD.at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'steps of planning are only added, never changed or removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON trainings_trainingstep
    FOR EACH ROW EXECUTE FUNCTION trainings_step_append_only();
"""
NO_PLANNING = """
DROP TRIGGER append_only ON trainings_trainingstep;
DROP FUNCTION trainings_step_append_only();
"""

# The outgoing register keeps what was issued: no letter is changed or removed, only voided. The
# scan, the voiding and (when two records of one person are merged) the person may change.
REGISTER = """
CREATE FUNCTION trainings_letter_register() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.is_demo THEN
            RETURN OLD;
        END IF;
    ELSIF OLD.voided_at IS NULL AND (
        NEW.id, NEW.year, NEW.serial, NEW.dated, NEW.kind, NEW.language, NEW.training_id,
        NEW.institution_id, NEW.addressee, NEW.subject, NEW.text, NEW.issued_at, NEW.is_demo
    ) IS NOT DISTINCT FROM (
        OLD.id, OLD.year, OLD.serial, OLD.dated, OLD.kind, OLD.language, OLD.training_id,
        OLD.institution_id, OLD.addressee, OLD.subject, OLD.text, OLD.issued_at, OLD.is_demo
    ) OR OLD.voided_at IS NOT NULL AND (
        to_jsonb(NEW) - '{person_id,issued_by_id,voided_by_id,scan}'::text[]
        IS NOT DISTINCT FROM to_jsonb(OLD) - '{person_id,issued_by_id,voided_by_id,scan}'::text[]
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'letters of the register are voided, never changed or removed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER letter_register BEFORE UPDATE OR DELETE ON trainings_officialletter
    FOR EACH ROW EXECUTE FUNCTION trainings_letter_register();
"""
NO_REGISTER = """
DROP TRIGGER letter_register ON trainings_officialletter;
DROP FUNCTION trainings_letter_register();
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0001_initial")]

    operations = [
        migrations.RunSQL(SEATS, NO_SEATS),
        migrations.RunSQL(APPLICATIONS, NO_APPLICATIONS),
        migrations.RunSQL(NOMINATIONS, NO_NOMINATIONS),
        migrations.RunSQL(PLANNING, NO_PLANNING),
        migrations.RunSQL(REGISTER, NO_REGISTER),
    ]

"""The outgoing register keeps what was issued: no letter is changed or removed, only voided.

The scan, the voiding and (when two records of one person are merged) the person may change.
"""

from django.db import migrations

GUARD = """
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

NO_GUARD = """
DROP TRIGGER letter_register ON trainings_officialletter;
DROP FUNCTION trainings_letter_register();
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0005_outreach")]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]

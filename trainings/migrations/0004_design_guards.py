"""The database's own guards of designs: what a certificate was issued with is never changed."""

from django.db import migrations

# Who made a version may be forgotten with their account; nothing else changes. What belongs to a
# version is written with it: once a certificate has it, nothing joins or leaves.
VERSIONS = """
CREATE FUNCTION trainings_design_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'made_by_id' IS NOT DISTINCT FROM to_jsonb(OLD) - 'made_by_id'
        AND (NEW.made_by_id IS NULL OR NEW.made_by_id = OLD.made_by_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'versions of designs are never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER never_changed BEFORE UPDATE ON trainings_designversion
    FOR EACH ROW EXECUTE FUNCTION trainings_design_version();

CREATE FUNCTION trainings_design_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' OR EXISTS (
        SELECT FROM trainings_certificate
        WHERE design_version_id = CASE TG_OP WHEN 'INSERT' THEN NEW.version_id ELSE OLD.version_id END
    ) THEN
        RAISE EXCEPTION 'the parts of a version of a design are never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER never_changed BEFORE INSERT OR UPDATE OR DELETE ON trainings_designsignatory
    FOR EACH ROW EXECUTE FUNCTION trainings_design_part();
CREATE TRIGGER never_changed BEFORE INSERT OR UPDATE OR DELETE ON trainings_designlogo
    FOR EACH ROW EXECUTE FUNCTION trainings_design_part();

CREATE FUNCTION trainings_design_picture() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'pictures of designs are never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER never_changed BEFORE UPDATE ON trainings_designpicture
    FOR EACH ROW EXECUTE FUNCTION trainings_design_picture();
"""
NO_VERSIONS = """
DROP TRIGGER never_changed ON trainings_designversion;
DROP TRIGGER never_changed ON trainings_designsignatory;
DROP TRIGGER never_changed ON trainings_designlogo;
DROP TRIGGER never_changed ON trainings_designpicture;
DROP FUNCTION trainings_design_version();
DROP FUNCTION trainings_design_part();
DROP FUNCTION trainings_design_picture();
"""


class Migration(migrations.Migration):
    dependencies = [("trainings", "0003_certificate_designs")]

    operations = [migrations.RunSQL(VERSIONS, NO_VERSIONS)]

"""The columns of the curriculum, classified: nothing here is about a person."""

from rtcm.data_map import Field, each

DATA_MAP: dict[str, dict[str, Field]] = {
    "curriculum.Objective": each("number paragraph title label round_table unofficial"),
    "curriculum.Principle": each("letter title unofficial"),
    "curriculum.Edition": each("id code title status in_force_since is_demo created_at updated_at"),
    "curriculum.Module": each(
        "id edition code slug title summary level hours primary_objectives secondary_objectives "
        "principles prerequisites order is_demo created_at updated_at"
    ),
    "curriculum.Topic": each("id module title order"),
    "curriculum.TargetGroup": each("id slug name order"),
    "curriculum.LearningOutcome": each("id module text order"),
}

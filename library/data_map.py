"""The columns of the library, classified: authors of published works are public facts."""

from rtcm.data_map import Field, each

AUTHORSHIP = Field(
    personal=True,
    purpose="to name who made a published work",
    retention="as long as the work is listed",
    erase="keep",
)

DATA_MAP: dict[str, dict[str, Field]] = {
    "library.Item": {
        **each(
            "id slug title abstract type languages publisher place year doi isbn un_symbol url "
            "objectives principles modules countries rights rights_note access embargo_until "
            "status published_at is_demo created_at updated_at title_sort folded_title folded_text"
        ),
        "folded_names": AUTHORSHIP,
        "search_vector": AUTHORSHIP,
    },
    "library.Contributor": {
        **each("id item is_organization role order"),
        "name": AUTHORSHIP,
        "orcid": AUTHORSHIP,
    },
    "library.File": each("id item file name language size sha256 pages created_at"),
    "library.Tally": each("id counted_at total facets"),
    "library.Collection": each("id slug title summary items is_public order updated_at"),
}

"""The data dictionary says what the schema says."""

from schema import TABLES
from schema.base import AREAS, option
from schema.dictionary import PLACE, dictionary


def test_the_written_dictionary_is_not_stale():
    assert PLACE.read_text(encoding="utf-8") == dictionary(), "run: python -m schema.dictionary"


def test_every_table_tells_people_what_it_is():
    for model in TABLES:
        assert option(model, "area") in AREAS, model
        assert option(model, "help", "").endswith("."), model
        assert option(model, "shown"), model


def test_every_name_in_a_table_s_description_is_a_column_or_a_way_to_rows():
    for model in TABLES:
        fields = set(model._meta.fields)
        backs = {key.backref for key in model._meta.backrefs}
        for name in ("title", "coded_title", "secret", "verb_owned", "search", "numbered"):
            assert set(option(model, name, ())) <= fields | {"id"}, (model, name)
        assert set(option(model, "inlines", ())) <= backs, model

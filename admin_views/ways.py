"""How a row is reached from a person or a place: over foreign keys and back references."""

from __future__ import annotations

from peewee import SQL, Expression, ForeignKeyField, Model, fn

from schema.base import option


def reaches(model: type[Model], path: list[str], key: int) -> Expression:
    """Rows from which the path, over foreign keys and back references, ends at `key`.

    All keys that fit are gathered first, which is quick where they are few.
    """
    name, rest = path[0], path[1:]
    here = model._meta.fields.get(name)
    if here is None and name in option(model, "joins", {}):
        code, mine, also = option(model, "joins")[name]
        in_force = code.model._meta.fields[option(code.model, "ends")].is_null()
        codes = code.model.select(code).where(in_force, reaches(code.model, rest, key))
        return model._meta.fields[mine].in_(codes) & SQL(also)
    if here is None:
        child, back = _below(model, name)
        inner = reaches(child, rest, key)
        return model._meta.primary_key.in_(child.select(back).where(inner))
    if not rest:
        return here == key
    target = here.rel_model
    return here.in_(target.select(target._meta.primary_key).where(reaches(target, rest, key)))


def stands_at(model: type[Model], path: list[str], key: int) -> Expression:
    """As `reaches`, but asked of each row, which is quick where half of all keys would fit."""
    name, rest = path[0], path[1:]
    here = model._meta.fields.get(name)
    if here is None:
        child, back = _below(model, name)
        inner = back == model._meta.primary_key, stands_at(child, rest, key)
        return fn.EXISTS(child.select(SQL("1")).where(*inner))
    if not rest:
        return here == key
    target = here.rel_model
    inner = target._meta.primary_key == here, stands_at(target, rest, key)
    return fn.EXISTS(target.select(SQL("1")).where(*inner))


def _below(model: type[Model], name: str) -> tuple[type[Model], ForeignKeyField]:
    """The table whose rows refer to those of `model` by this back reference, and its key."""
    back = next(fk for fk in model._meta.backrefs if fk.backref == name)
    return model._meta.backrefs[back], back

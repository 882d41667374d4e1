"""Columns that keep a plain form of what was written."""

from collections.abc import Callable
from typing import Any

from django.db import models


class AddressField(models.EmailField):
    """An e-mail address in small letters, compared by C rules.

    Under Azerbaijani or Turkish rules I and ı would lock people out.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.strip().lower() if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class KeyField(models.CharField):
    """What `make` says of another column, written whenever the row is."""

    def __init__(
        self, *args: Any, source: str = "", make: Callable[[str], str] = str, **kwargs: Any
    ) -> None:
        self.source = source
        self.make = make
        kwargs.setdefault("max_length", 500)
        kwargs.update(editable=False, blank=True, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), kwargs | {"source": self.source, "make": self.make}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.make(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value

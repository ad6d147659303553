"""Questions that many pages ask: put into SQL once in each process, and asked with other values each time.

To put one of our questions into SQL takes Django several times as long as the database takes to answer it, and the SQL
depends on nothing but the source. The values are never kept, nor is what the database said.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import date, datetime
from functools import cached_property, update_wrapper
from inspect import signature
from json import dumps
from types import SimpleNamespace
from typing import Any, Generic, ParamSpec, TypeVar, get_type_hints
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    BigIntegerField,
    DateField,
    DateTimeField,
    Expression,
    Field,
    QuerySet,
    TextField,
    UUIDField,
)

P = ParamSpec("P")
Row = TypeVar("Row")
_FIELDS: dict[object, type[Field[Any, Any]]] = {
    int: BigIntegerField, int | None: BigIntegerField, str: TextField, str | None: TextField, date: DateField,
    datetime: DateTimeField, UUID: UUIDField,
}  # fmt: skip
# Django writes IN alone. What is compared with an array goes once through an index, a list of rows once for each.
_ARRAY = "%s::bigint[]"
_UNNESTED = f"(SELECT unnest({_ARRAY}))"


class Given(Expression):
    """A value that comes when the question is asked; of texts, the one in some place."""

    def __init__(self, name: str, field: Field[Any, Any], place: int | None = None) -> None:
        super().__init__(output_field=field)
        self.name, self.place = name, place

    def as_sql(self, compiler: Any, connection: Any) -> Any:  # noqa: ARG002  - as Django calls it
        """Nothing but a place for the value."""
        return "%s", [self]

    def written(self, values: dict[str, Any], connection: Any) -> object:
        """The value as the database takes it."""
        value = values[self.name]
        return self.output_field.get_db_prep_value(value if self.place is None else value[self.place], connection)


class GivenKeys(Given):
    """Keys that come when the question is asked, as one value however many they are: the SQL is always the same."""

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:  # noqa: ARG002  - as Django calls it
        """The rows of a list in JSON."""
        return "(SELECT value FROM json_each(%s))", [self]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:  # noqa: ARG002  - as Django calls it
        """The rows of an array; the driver takes longer to write one than the database to read it from a text."""
        return _UNNESTED, [self]

    def written(self, values: dict[str, Any], connection: Any) -> object:
        """The keys as the database takes them."""
        keys = dumps(values[self.name])
        return keys if connection.vendor == "sqlite" else f"{{{keys[1:-1]}}}"


class Prepared(Generic[P, Row]):
    """A function that makes a queryset, asked once for its SQL.

    A number, text, day or identity, or a list of keys or texts, is given anew each time; by any other argument, or
    another number of texts, or where a value may be left out and is, the question is another one. The function sees
    places instead of values, so it cannot look into them; `plain` is the function itself.
    """

    def __init__(self, ask: Callable[P, QuerySet[Any, Row]]) -> None:
        update_wrapper(self, ask)
        self.plain, self._parameters = ask, signature(ask).parameters
        self._defaults = {
            name: each.default for name, each in self._parameters.items() if each.default is not each.empty
        }
        self._questions: dict[Hashable, _Question] = {}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[Row]:
        """The rows, as the queryset gives them."""
        values = {**self._defaults, **dict(zip(self._parameters, args, strict=False)), **kwargs}
        shape = tuple([shape_of(values[name]) for name, shape_of in self._shapes])
        question = self._questions.get(shape)
        if question is None:
            asked = {name: self._place(name, value) for name, value in values.items()}
            question = self._questions[shape] = _Question(self.plain(**asked))  # type: ignore[call-arg]
        with _planned_once():
            return list(question.rows(values))

    @cached_property
    def _types(self) -> dict[str, Any]:
        return get_type_hints(self.plain)

    @cached_property
    def _shapes(self) -> list[tuple[str, Callable[[Any], Hashable]]]:
        """Of each argument what makes the question another one."""
        return [(name, _shape_of(self._types[name])) for name in self._parameters]

    def _place(self, name: str, value: Any) -> Any:
        kind = self._types[name]
        if kind == list[int]:
            return GivenKeys(name, BigIntegerField())
        if kind == list[str]:
            return [Given(name, TextField(), place) for place in range(len(value))]
        return Given(name, _FIELDS[kind]()) if kind in _FIELDS and value is not None else value


prepared = Prepared


def _shape_of(kind: Any) -> Callable[[Any], Hashable]:
    if kind == list[str]:
        return len
    if kind == list[int]:
        return lambda _: None
    return (lambda value: value is None) if kind in _FIELDS else (lambda value: value)


@contextmanager
def _planned_once() -> Iterator[None]:
    """In which PostgreSQL plans what comes again only once: to plan our questions takes it as long as to answer them.

    Everything else it plans for the rows that are there now. A plan from when a table was small stays until the next
    ANALYZE, and for questions about everybody at once it can take a thousand times as long.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    driver = connection.connection
    usual, driver.cursor_factory = driver.cursor_factory, connection.Database.Cursor
    driver.prepare_threshold = 1
    try:
        yield
    finally:
        driver.cursor_factory, driver.prepare_threshold = usual, None


class _Question:
    """A queryset with its SQL, read as Django reads it."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, self._params = self._compiler.as_sql()
            self._sql = sql.replace(f"IN {_UNNESTED}", f"= ANY({_ARRAY})")
        except EmptyResultSet:
            self._sql = ""  # no row can be meant, as of one of no names: nobody need be asked
            return
        self._converters = self._compiler.get_converters([each[0] for each in self._compiler.select])

    def rows(self, values: dict[str, Any]) -> Iterable[Any]:
        if not self._sql:
            return ()
        connection = connections[DEFAULT_DB_ALIAS]
        params = [each.written(values, connection) if isinstance(each, Given) else each for each in self._params]
        compiler = copy(self._compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_words: (self._sql, params)
        compiler.get_converters = lambda _columns: self._converters  # they follow from the columns
        asked = SimpleNamespace(
            db=DEFAULT_DB_ALIAS,
            query=SimpleNamespace(get_compiler=lambda using: compiler),  # noqa: ARG005  - as Django calls it
            model=self._queryset.model,
            _fields=self._queryset.__dict__["_fields"],
            _known_related_objects={},
        )
        read: Any = self._queryset._iterable_class
        return read(asked)  # type: ignore[no-any-return]

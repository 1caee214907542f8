"""Layer 2: cells that held something, but not what their column is made of."""

from libs.tables.columns import Column, Kind
from services.validation.checks.row import Block, Flags, RowCheck
from services.validation.domain import OPTIONAL_WEIGHT, Effect, Layer, Severity


def checks(columns: tuple[Column, ...]) -> list[RowCheck]:
    """One check for each column that mapping converts from text."""
    return [_convertible(column) for column in columns if column.kind is not Kind.TEXT]


def _convertible(column: Column) -> RowCheck:
    name = column.name

    def failing(block: Block) -> Flags:
        flags = block.unconverted.get(name)
        return block.none() if flags is None else flags

    return RowCheck(
        id=f"type.{name}",
        layer=Layer.TYPES,
        severity=Severity.ERROR if column.required else Severity.WARNING,
        columns=(name,),
        failing=failing,
        fault=f"{name} could not be read as {_named(column.kind)}",
        advice=f"Write {name} as {_named(column.kind)} in these rows, or leave the cell empty.",
        effect=Effect.SET_ASIDE if column.required else Effect.BLANKED,
        weight=1.0 if column.required else OPTIONAL_WEIGHT,
    )


def _named(kind: Kind) -> str:
    return kind if kind is Kind.FLAG else f"a {kind}"

"""Which requests a feature locks: by the operation's name, and by the parameters that it came with."""

from collections.abc import Mapping

from services.gateway.plans.catalogue import Feature

OPERATIONS: Mapping[str, Feature] = {
    "get_summary": Feature.DASHBOARD,
    "get_latest_summary": Feature.DASHBOARD,
    "list_latest_customers": Feature.DASHBOARD,
    "export_latest": Feature.DASHBOARD,
    "create_key": Feature.API_KEYS,
    "create_training": Feature.OWN_MODELS,
    "promote_model": Feature.OWN_MODELS,
    "roll_back_model": Feature.OWN_MODELS,
    "put_shadow": Feature.OWN_MODELS,
}
"""Operations of the OpenAPI that nobody may ask for without the feature."""

FILTERS = frozenset({"risk_level", "search", "plan", "retention_bin", "uploaded_from", "uploaded_to"})
"""Parameters that choose among customers, wherever customers are shown."""


WORKBOOKS = frozenset({"export_prediction", "export_latest"})
"""Operations that make an Excel file unless another format is asked for."""

ALWAYS_BY_KEY = frozenset({"get_me"})
"""What an API key may ask whatever the plan: so that a program can tell why all else is refused."""


def features_of(operation: str, parameters: Mapping[str, str], by_api_key: bool) -> list[Feature]:
    """Every feature that the request needs, the one that says most first. parameters: of the query."""
    needed = [Feature.API_KEYS] if by_api_key and operation not in ALWAYS_BY_KEY else []
    if operation in OPERATIONS:
        needed.append(OPERATIONS[operation])
    if operation in WORKBOOKS and parameters.get("format", "xlsx") != "csv":
        needed.append(Feature.EXCEL)
    if not FILTERS.isdisjoint(parameters):
        needed.append(Feature.FILTERS)
    return needed

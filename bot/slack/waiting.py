"""How long Slack asks to wait."""


def retry_after(headers: object, default: float = 1.0) -> float:
    """The seconds of a Retry-After header, however the SDK hands the headers over."""
    items = headers.items() if hasattr(headers, "items") else ()
    for name, value in items:
        if str(name).lower() == "retry-after":
            return _seconds(value[0] if isinstance(value, list) else value, default)
    return default


def _seconds(value: object, default: float) -> float:
    try:
        return max(0.0, float(str(value)))
    except ValueError:
        return default

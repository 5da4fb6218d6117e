"""The one exception a person is meant to read."""


class Refused(Exception):
    """A request that may not be done now, said in a sentence for whoever asked.

    `code` is the stable word for machines; `field` names the input at fault, if one is.
    """

    def __init__(self, sentence: object, *, code: str = "refused", field: str | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.field = field

    def __str__(self) -> str:
        return str(self.args[0])

"""Contrast quads: two queries and two texts, in the layout of paired accuracy (NevIR)."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def quad_schema() -> Any:
    """q1 is answered by d1 and missed by d2, q2 the other way round."""
    import pyarrow as pa

    texts = ("pair_id", "q1", "d1", "q2", "d2")
    labels = ("phenomenon", "rule", "relation", "query_style", "q1_hardness", "q2_hardness", "q1_answer", "q2_answer")
    origin = ("language", "variety", "domain", "granularity", "origin", "document")
    return pa.schema([(name, pa.string()) for name in (*texts, *labels, *origin)])


def quads(table: Any) -> Any:
    """The quads of rows in which every `source` is followed by its `mirror`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    source = table.filter(pc.equal(table["direction"], "source"))
    mirror = table.filter(pc.equal(table["direction"], "mirror"))
    assert source["pair_id"].equals(mirror["pair_id"])
    columns = {name: source[name] for name in quad_schema().names if name in source.column_names}
    columns |= {
        "q1": source["query"],
        "d1": source["positive"],
        "q2": mirror["query"],
        "d2": mirror["positive"],
        "q1_hardness": source["hardness"],
        "q2_hardness": mirror["hardness"],
        "q1_answer": source["answer"],
        "q2_answer": mirror["answer"],
        "document": pc.struct_field(source["source"], "document"),
    }
    return pa.table({name: columns[name] for name in quad_schema().names}, schema=quad_schema())

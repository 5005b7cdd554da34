"""What the laboratory makes, of which materials, by which route and with what load."""

from __future__ import annotations

from typing import NamedTuple


class Stuff(NamedTuple):
    """A material; the columns are those of the table."""

    code: str
    name: str
    family: str
    bridgeable: bool = True
    max_span: int | None = None


class Work(NamedTuple):
    """A kind of work: route, load in tenths of a crown, allowed materials, what it needs."""

    code: str
    name: str
    route: str
    tenths: int
    materials: str
    needs: str = ""


MATERIALS = (
    Stuff("zr_mono", "Zirconia, monolithic", "zirconia"),
    Stuff("zr_multi", "Zirconia, multilayer translucent", "zirconia", True, 3),
    Stuff("zr_layered", "Zirconia, layered", "zirconia"),
    Stuff("emax_cad", "Lithium disilicate, milled", "glass_ceramic", True, 3),
    Stuff("emax_press", "Lithium disilicate, pressed", "glass_ceramic", True, 3),
    Stuff("feldspathic", "Feldspathic ceramic", "glass_ceramic", False),
    Stuff("pfm_cocr", "Metal-ceramic on CoCr", "metal_ceramic"),
    Stuff("pfm_nicr", "Metal-ceramic on NiCr", "metal_ceramic"),
    Stuff("pfm_ti", "Metal-ceramic on titanium", "metal_ceramic"),
    Stuff("pfm_gold", "Metal-ceramic on gold alloy", "metal_ceramic"),
    Stuff("cocr", "CoCr", "metal"),
    Stuff("titanium", "Titanium", "metal"),
    Stuff("gold", "Gold alloy", "metal"),
    Stuff("pmma", "PMMA", "resin"),
    Stuff("hybrid", "Hybrid ceramic", "resin", False),
    Stuff("composite", "Laboratory composite", "resin", False),
    Stuff("acrylic", "Denture acrylic", "resin", False),
    Stuff("polyamide", "Flexible polyamide", "resin", False),
    Stuff("print_resin", "Printing resin", "resin", False),
    Stuff("thermoform", "Thermoforming foil", "resin", False),
    Stuff("wax", "Wax", "wax", False),
    Stuff("plaster", "Plaster, type 4", "plaster", False),
    Stuff("cement", "Resin cement", "auxiliary", False),
    Stuff("glaze", "Stain and glaze", "auxiliary", False),
)
_CERAMIC = "zr_mono zr_multi zr_layered emax_cad emax_press"
_PFM = "pfm_cocr pfm_nicr pfm_ti pfm_gold"
_FIXED = "teeth shade fixed"
WORKS = (
    Work("crown", "Crown", "ZR", 10, f"{_CERAMIC} {_PFM} cocr gold hybrid", _FIXED),
    Work("bridge", "Bridge", "ZR", 10, f"{_CERAMIC} {_PFM}", f"{_FIXED} bridge"),
    Work(
        "resin_bonded_bridge",
        "Resin-bonded bridge",
        "ZR",
        10,
        "zr_mono zr_multi emax_cad pfm_cocr",
        f"{_FIXED} bridge",
    ),
    Work(
        "veneer",
        "Veneer",
        "EP",
        10,
        "emax_cad emax_press feldspathic zr_multi",
        f"{_FIXED} stump",
    ),
    Work("inlay", "Inlay", "EC", 7, "emax_cad emax_press hybrid zr_multi gold", _FIXED),
    Work("onlay", "Onlay", "EC", 7, "emax_cad emax_press hybrid zr_multi gold", _FIXED),
    Work("overlay", "Overlay", "EC", 7, "emax_cad emax_press hybrid zr_multi gold", _FIXED),
    Work("post_core", "Post and core", "MET", 7, "cocr zr_mono", "teeth fixed"),
    Work(
        "implant_crown",
        "Implant crown, screw-retained",
        "IMP",
        15,
        f"zr_mono zr_multi zr_layered {_PFM} cocr",
        _FIXED,
    ),
    Work(
        "implant_bridge",
        "Implant bridge",
        "IMP",
        15,
        f"zr_mono zr_layered {_PFM}",
        f"{_FIXED} bridge",
    ),
    Work("abutment", "Custom abutment", "IMP", 10, "titanium zr_mono", "teeth fixed"),
    Work(
        "full_arch",
        "Full arch on implants",
        "IMP",
        130,
        "zr_mono zr_layered pmma cocr titanium",
        "shade fixed",
    ),
    Work("denture", "Complete denture", "CD", 60, "acrylic print_resin", "shade"),
    Work("partial_denture", "Partial denture", "CD", 40, "acrylic polyamide pmma", "teeth shade"),
    Work("cast_partial", "Cast partial denture", "RPD", 60, "cocr", "teeth shade"),
    Work("splint", "Splint or night guard", "SPL", 15, "pmma print_resin thermoform"),
    Work("temporary", "Temporary crown", "PMMA", 5, "pmma hybrid print_resin", _FIXED),
    Work("temporary_bridge", "Temporary bridge", "PMMA", 5, "pmma", f"{_FIXED} bridge"),
    Work("wax_up", "Diagnostic wax-up or mock-up", "WAX", 5, "wax print_resin", "teeth"),
    Work("surgical_guide", "Surgical guide", "MISC", 10, "print_resin", "teeth"),
    Work("custom_tray", "Custom tray", "MISC", 3, "print_resin acrylic"),
    Work("bite_rim", "Bite rim", "MISC", 3, "wax"),
    Work("model", "Model only", "MISC", 3, "plaster print_resin"),
    Work("repair", "Repair", "MISC", 10, "acrylic composite"),
    Work("reline", "Reline", "MISC", 10, "acrylic"),
    Work("add_tooth", "Added tooth or clasp", "MISC", 10, "acrylic", "teeth shade"),
)
# Aids for planning and for impressions, which no patient keeps: no custom-made devices.
NO_DEVICES = ("wax_up", "custom_tray", "bite_rim", "model")

"""What travels with a work: kinds of components, and whether they come back."""

from __future__ import annotations

# Models, prototypes and the rest of a work in progress go both ways, and stay where they end.
COMPONENTS: dict[str, tuple[str, str]] = {
    "IMPU": ("Impression, upper", "consumed"),
    "IMPL": ("Impression, lower", "consumed"),
    "BITE": ("Bite registration", "returns"),
    "TRAYM": ("Metal tray", "returns"),
    "TRAYC": ("Custom tray", "returns"),
    "MODM": ("Master model", "free"),
    "MODA": ("Antagonist model", "free"),
    "ARTIC": ("Articulator or mounting plates", "returns"),
    "FBOW": ("Facebow fork or jig", "returns"),
    "IMPCOP": ("Impression coping (transfer)", "returns"),
    "ANALOG": ("Implant analog", "consumed"),
    "SCANB": ("Scan body", "returns"),
    "ABUT": ("Abutment", "incorporated"),
    "TIBASE": ("Ti-base", "incorporated"),
    "SCREWT": ("Laboratory screw", "free"),
    "SCREWF": ("Final screw", "incorporated"),
    "HEAL": ("Healing abutment of the patient", "returns"),
    "DRV": ("Screwdriver or torque key", "returns"),
    "OLDP": ("Old prosthesis or temporary", "returns"),
    "RIM": ("Bite rim", "free"),
    "SETUP": ("Wax set-up", "free"),
    "FRAME": ("Framework for try-in", "incorporated"),
    "BISQ": ("Bisque for try-in", "incorporated"),
    "JIG": ("Verification jig", "returns"),
    "GUIDE": ("Surgical guide", "incorporated"),
    "SHTAB": ("Shade tab or guide", "returns"),
    "USB": ("Memory stick or disc", "returns"),
    "PHOTO": ("Printed photo", "free"),
    "XRAY": ("X-ray film", "returns"),
    "BOX": ("Work box", "returns"),
}

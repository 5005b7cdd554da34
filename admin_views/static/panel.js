// The panel's hand: everything here helps; pages also work without it, except for the pickers.
import "./frame.js";
import "./keys.js";
import "./pickers.js";
import "./inlines.js";
import "./lists.js";
import "./forms.js";

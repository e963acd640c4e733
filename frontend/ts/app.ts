// The little script there is. Every page works without it; with it, cells save themselves, menus close
// when they should, and search opens where you are. No framework; nothing is evaluated (strict CSP).
import { startCells } from "./cells";
import { startForms } from "./forms";
import { startLive } from "./live";
import { startOverlays } from "./overlays";

startOverlays();
startForms();
startCells();
startLive();

// Everything a page does by itself. Each module listens for its data-* hooks on the document,
// so that parts swapped in later need no setting up. Without JavaScript every page still works.
import "htmx.org/dist/htmx.esm.js";
import "./js/answers.js";
import "./js/copy.js";
import "./js/dialogs.js";
import "./js/keys.js";
import "./js/menus.js";
import "./js/needs.js";
import "./js/pick.js";
import "./js/poll.js";
import "./js/submit.js";
import "./js/suggest.js";
import "./js/theme.js";
import "./js/tree.js";
import "./js/wide.js";

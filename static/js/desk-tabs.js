// The tabs of translated fields at the desk. modeltranslation asks jQuery UI for them, 250 kB from
// another host; it needs no more than this of it: .tabs({active}), .tabs("option", "active", n)
// and the event tabsactivate.
(function ($) {
  "use strict";

  function tabsOf(box) {
    return box.children("ul").first().find("> li > a");
  }

  function choose(box, chosen) {
    tabsOf(box).each(function (number) {
      const here = number === chosen;
      const tab = $(this);
      tab.attr({ "aria-selected": String(here), tabindex: here ? 0 : -1 });
      tab.parent().toggleClass("ui-tabs-active", here);
      $(document.getElementById(tab.attr("aria-controls"))).prop("hidden", !here);
    });
    box.trigger("tabsactivate", { newTab: tabsOf(box).eq(chosen).parent() });
  }

  function step(event, box, number) {
    const last = tabsOf(box).length - 1;
    const next = { ArrowRight: number + 1, ArrowLeft: number - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(box, Math.max(0, Math.min(last, next)));
    tabsOf(box).eq(Math.max(0, Math.min(last, next))).trigger("focus");
  }

  function make(box, active) {
    box.addClass("ui-tabs").children("ul").first().addClass("ui-tabs-nav").attr("role", "tablist");
    tabsOf(box).each(function (number) {
      const tab = $(this);
      const panel = tab.attr("href").slice(1);
      tab.attr({ role: "tab", id: `${panel}_tab`, "aria-controls": panel });
      tab.parent().attr("role", "presentation");
      $(document.getElementById(panel))
        .addClass("ui-tabs-panel")
        .attr({ role: "tabpanel", "aria-labelledby": `${panel}_tab` });
      tab.on("click", function (event) {
        event.preventDefault();
        choose(box, number);
      });
      tab.on("keydown", (event) => step(event, box, number));
    });
    choose(box, active);
  }

  $.fn.tabs = function (what, option, value) {
    return this.each(function () {
      if (what === "option") choose($(this), value);
      else make($(this), (what && what.active) || 0);
    });
  };
})(window.jQuery || django.jQuery);

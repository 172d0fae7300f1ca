// The elements that run over either edge of the window, except those that scroll by themselves or wait out of sight.
[...document.querySelectorAll('body *')]
  .filter(element => !element.closest('.wide, pre, .skip, .unseen'))
  .filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 1 || box.left < -1);
  })
  .map(element => element.outerHTML.slice(0, 90))

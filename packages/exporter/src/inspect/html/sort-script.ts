/** Sorts a table by the column whose head is pressed; pressed again, the other way round. */
export const SORT_SCRIPT = `
for (const table of document.querySelectorAll('table.sortable')) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.firstElementChild.addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') !== 'descending';
    for (const other of heads) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const of = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent;
    const order = (a, b) => (isNaN(of(a)) ? of(a).localeCompare(of(b)) : of(a) - of(b));
    table.tBodies[0].append(...[...table.tBodies[0].rows].sort((a, b) => (down ? -1 : 1) * order(a, b)));
  }));
}`;

// What the server tells this page load: layout, seed of the class names, the replica's clock.
export const config = JSON.parse(document.getElementById('replica-config').textContent);

/** The picture of an incident: drawn once, as a file of its own or as a part of a page. */
export { scenePng } from './png.ts';
export { incidentScene } from './scene.ts';
export type { Scene } from './shapes.ts';
export { PICTURE_STYLE, sceneHtml } from './svg.ts';

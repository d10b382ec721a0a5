declare module 'svgcanvas';

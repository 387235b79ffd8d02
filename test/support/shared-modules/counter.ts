/** State that a module must not have: here it counts the files that share the module. */
export const counter = { files: 0 };

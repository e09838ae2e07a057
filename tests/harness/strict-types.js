// @ts-check
/** Compiles programs as a careful user of the package does. */

import ts from "typescript";

/** @type {ts.CompilerOptions} */
export const STRICT = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  types: [],
  strict: true,
  noPropertyAccessFromIndexSignature: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * What the compiler says about a program, or about one of its files.
 *
 * @param {ts.Program} program
 * @param {ts.SourceFile} [source]
 */
export const problemsOf = (program, source) =>
  ts
    .getPreEmitDiagnostics(program, source)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));

/** A program without its types. @param {string} text */
export const javaScriptOf = (text) =>
  ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } })
    .outputText;

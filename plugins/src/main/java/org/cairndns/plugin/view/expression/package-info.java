/**
 * The expression language of {@code view}: a part of expr-lang 1.17, typed and checked before a query comes.
 *
 * <pre>
 *   text -> ExpressionLexer -> Symbol... -> ExpressionParser -> Node (type and evaluation) -> Expression.test(query)
 *                                            | Operators, Functions, functions of the directive
 * </pre>
 *
 * There is no tree between text and evaluation: a node is what remains of its text once the types are known, and nodes
 * of constants are evaluated at once.
 */
package org.cairndns.plugin.view.expression;

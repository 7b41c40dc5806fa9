/**
 * The part of Go's text/template language that templates of records use.
 *
 * <pre>
 *   text --TemplateLexer--> symbols --TemplateParser, ExpressionParser--> nodes, expressions --Run--> text
 * </pre>
 *
 * Values are {@link java.lang.String}, {@link java.lang.Long}, {@link java.lang.Double}, {@link java.lang.Boolean},
 * lists, maps with text keys, {@link org.cairndns.plugin.template.text.Method}, and
 * {@link org.cairndns.plugin.template.text.NoValue} for what is not there.
 */
package org.cairndns.plugin.template.text;

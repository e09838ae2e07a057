/*
 * As much of Spring Boot as the receiver of the view Code uses. Debian has Spring, but
 * no Boot: what becomes of a request until the receiver gets it is Spring's own.
 */
package org.springframework.boot;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.filter.HttpPutFormContentFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

public class SpringApplication {
    public static class Adapter extends RequestMappingHandlerAdapter {
        public Adapter() {
            ConfigurableWebBindingInitializer binding = new ConfigurableWebBindingInitializer();
            binding.setConversionService(new DefaultFormattingConversionService());
            setWebBindingInitializer(binding);
        }
    }

    public static void run(Class<?> application, String... arguments) {
        AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
        context.register(RequestMappingHandlerMapping.class, Adapter.class, application);

        ServletContextHandler handler = new ServletContextHandler();
        // Boot has both filters.
        handler.addFilter(new FilterHolder(new CharacterEncodingFilter("UTF-8", true)), "/*", null);
        handler.addFilter(new FilterHolder(new HttpPutFormContentFilter()), "/*", null);
        handler.addServlet(new ServletHolder(new DispatcherServlet(context)), "/*");
        Server server = new Server(Integer.getInteger("server.port"));
        server.setHandler(handler);
        try {
            server.start();
        } catch (Exception exception) {
            throw new IllegalStateException(exception);
        }
    }
}
